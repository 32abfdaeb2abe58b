import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { request } from 'undici';
import { type Launched, launch, pinned, untilReady } from './process.ts';

export const publicHost = 'compte.bench.exemple.fr';

export interface Installation {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What a production installation is configured with; the rest stays at its default. */
export function configure(
  folder: string,
  { databaseUrl, smtpUrl }: { databaseUrl: string; smtpUrl: string },
  /** The SMS gateway and FranceConnect. */
  others: Readonly<Record<string, string>>,
): Installation {
  const shell = { PATH: process.env.PATH ?? '', TZ: 'Europe/Paris', DATA_DIR: join(folder, 'data') };
  const keys = execFileSync(process.execPath, [program, 'keys', 'generate'], {
    encoding: 'utf8',
    env: shell,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const secrets = Object.fromEntries(
    keys
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return {
    folder,
    env: {
      ...shell,
      ...secrets,
      // As deploy/compte has it.
      MALLOC_ARENA_MAX: '1',
      MODE: 'production',
      LEGAL_BASIS: 'measurement with invented people',
      PUBLIC_URL: `https://${publicHost}`,
      TRUST_PROXY: 'loopback',
      METRICS_PORT: 'off',
      DATABASE_URL: databaseUrl,
      SMTP_URL: smtpUrl,
      MAIL_FROM: `ne-pas-repondre@${publicHost}`,
      ...others,
    },
  };
}

const program = join(import.meta.dirname, '../../src/cli/main.js');

/** As the first line of the program and `npm start` have it. */
export const asStarted = {
  web: ['--max-semi-space-size=8', '--initial-old-space-size=64', '--max-old-space-size=256'],
  start: [
    '--max-semi-space-size=2',
    '--initial-old-space-size=64',
    '--max-old-space-size=256',
    '--liftoff-only',
  ],
};

/** What starts a command of the program. */
export function commandLine(...args: readonly string[]): readonly string[] {
  return [process.execPath, ...asStarted.web, program, ...args];
}

/** Runs a command of the program to its end, away from what is measured. */
export function command({ env }: Installation, ...args: readonly string[]): void {
  const [taskset, ...rest] = pinned(1, [process.execPath, program, ...args]);
  execFileSync(taskset, rest, { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

export interface Started {
  readonly process: Launched;
  readonly origin: string;
  /** Milliseconds from the start of the process to the first page, and until everything can be used. */
  readonly firstPageMs: number;
  readonly readyMs: number;
}

interface StartOptions {
  readonly role: 'web' | 'start';
  readonly port: number;
  readonly host: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  /** Options for Node itself, such as `--cpu-prof`. */
  readonly node?: readonly string[];
}

/** Starts what serves pages on core 0. */
export async function startWeb({ role, port, host, env, log, node = [] }: StartOptions): Promise<Started> {
  const process_ = launch({
    command: [process.execPath, ...asStarted[role], ...node, program, role],
    core: 0,
    env: { ...env, PORT: String(port) },
    log,
  });
  const origin = `http://127.0.0.1:${port}`;
  const answers = (path: string) => async () => {
    const answer = await request(origin + path, { headers: { host }, headersTimeout: 5_000 });
    await answer.body.dump();
    return answer.statusCode === 200;
  };
  const firstPageMs = await untilReady(process_, answers('/'));
  const readyMs = await untilReady(process_, answers('/connexion'));
  return { process: process_, origin, firstPageMs, readyMs };
}

/** Starts what sends mails, on the other core. */
export function startWorker(env: Readonly<Record<string, string>>, log: string): Launched {
  return launch({ command: [process.execPath, program, 'worker'], core: 1, env, log });
}
