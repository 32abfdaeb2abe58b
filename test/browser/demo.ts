import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { placeFor, placeWithTables, start } from '../reliability/service.ts';
import { type Closing, lastFirst } from '../setting/database.ts';

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

/** The demo in a process of its own, known only by its address and what its JSON lists. */
export interface RunningDemo {
  readonly url: string;
  /** The lines that it wrote so far. */
  output(): readonly string[];
  stop(): Promise<void>;
  person(cle: string): Promise<ListedPerson>;
  /** Newest first; waits until there is one. */
  mailsTo(address: string): Promise<readonly [ReceivedMail, ...ReceivedMail[]]>;
}

/** On the embedded database unless `env` says otherwise. */
export async function startDemo(
  t: Closing,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningDemo> {
  const closing = lastFirst(t);
  const place = env.DEMO_DATABASE_URL ? await placeFor(closing, env) : await placeWithTables(closing);
  const running = await start(closing, place);
  // As in the links of its mails: a browser keeps cookies by the name of the host.
  const url = `http://localhost:${place.port}`;
  return {
    url,
    output: () => `${running.out()}\n${running.err()}`.split('\n'),
    async stop() {
      await running.end('SIGTERM');
    },
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
