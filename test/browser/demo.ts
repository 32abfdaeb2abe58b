import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '../../scripts/free-port.ts';

const personSchema = z.object({
  cle: z.string(),
  nom: z.string(),
  nir: z.string(),
  dateNaissance: z.string(),
  codePostal: z.string(),
  iban7: z.string().nullable(),
  carte: z.object({ type: z.enum(['photo', 'sans-photo']), numeroSerie: z.string() }).nullable(),
});
export type ListedPerson = z.infer<typeof personSchema>;

const mailSchema = z.object({
  id: z.string(),
  a: z.string(),
  sujet: z.string(),
  texte: z.string(),
  liens: z.array(z.string()),
  code: z.string().nullable(),
});
export type ReceivedMail = z.infer<typeof mailSchema>;

/** The demo as anybody starts it, known only by its address and what it lists for programs. */
export interface RunningDemo {
  readonly url: string;
  /** Everything that it wrote so far. */
  readonly output: readonly string[];
  person(cle: string): Promise<ListedPerson>;
  /** Newest first; waits until there is one. */
  mailsTo(address: string): Promise<readonly [ReceivedMail, ...ReceivedMail[]]>;
}

const root = join(import.meta.dirname, '../..');

/** `npm start` on a free port, with a folder of its own that goes with it; on the embedded database unless `env` says otherwise. */
export async function startDemo(
  t: { after(run: () => Promise<void>): void },
  env: Readonly<Record<string, string>> = {},
): Promise<RunningDemo> {
  const dataDir = await mkdtemp(join(tmpdir(), 'compte-assure-'));
  const port = await freePort();
  const server = spawn(process.execPath, ['src/cli/main.js', 'start'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      METRICS_PORT: 'off',
      DATA_DIR: dataDir,
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [server.stdout, server.stderr])
    createInterface({ input: stream }).on('line', (line) => output.push(line));
  t.after(async () => {
    await stopped(server);
    await rm(dataDir, { recursive: true, force: true });
  });
  const url = `http://localhost:${port}`;
  await until(async () => {
    if (server.exitCode !== null) throw new Error(`The demo stopped: ${output.join('\n')}`);
    return (await fetch(`${url}/demo/personnes.json`).catch(() => null))?.ok;
  });
  return {
    url,
    output,
    async person(cle) {
      const everybody = z.array(personSchema).parse(await (await fetch(`${url}/demo/personnes.json`)).json());
      const found = everybody.find((one) => one.cle === cle);
      if (!found) throw new Error(`Nobody is listed as ${cle}`);
      return found;
    },
    mailsTo: (address) =>
      until(async () => {
        const all = z.array(mailSchema).parse(await (await fetch(`${url}/demo/courriels.json`)).json());
        const [first, ...others] = all.filter(({ a }) => a === address);
        return first && ([first, ...others] as const);
      }),
  };
}

/** Asks again until there is an answer, for a minute. */
async function until<T>(ask: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let i = 0; i < 600; i++) {
    const answer = await ask();
    if (answer) return answer;
    await pause(100);
  }
  throw new Error('Nothing came within a minute');
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  await gone;
}
