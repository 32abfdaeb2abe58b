import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '#src/demo/trays/write-durably.ts';

/** An SMS of the tray, as programs get it. */
const traySms = z.object({
  id: z.string(),
  date: z.string(),
  a: z.string(),
  texte: z.string(),
  /** The code that the text gives, if any. */
  code: z.string().nullable(),
});
export type TraySms = z.infer<typeof traySms>;

const kept = traySms.extend({ reference: z.string() });

export interface SmsTray {
  /** Newest first. */
  list(): readonly TraySms[];
  find(id: string): TraySms | null;
  ids(): readonly string[];
  /** Stores an SMS on disk, once for each reference. Answers its id. */
  keep(sms: { to: string; text: string; reference: string }, now: Date): Promise<string>;
}

const suffix = '.json';

export function openSmsTray(folder: string): SmsTray {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const all = readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => kept.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  const byReference = new Map(all.map(({ reference, id }) => [reference, Promise.resolve(id)]));
  const shown = all.map((one) => traySms.parse(one));
  let last = Number.parseInt(shown.at(-1)?.id ?? '0', 10);
  async function write(
    { to, text, reference }: { to: string; text: string; reference: string },
    now: Date,
  ): Promise<string> {
    last += 1;
    const id = String(last).padStart(8, '0');
    const sms = { id, date: now.toISOString(), a: to, texte: text, code: codeIn(text) };
    await writeDurably(folder, `${id}${suffix}`, Buffer.from(JSON.stringify({ ...sms, reference })));
    shown.splice(shown.findLastIndex((one) => one.id < id) + 1, 0, sms);
    return id;
  }
  return {
    list: () => shown.toReversed(),
    find: (id) => shown.find((one) => one.id === id) ?? null,
    ids: () => shown.map(({ id }) => id),
    keep(sms, now) {
      const id = byReference.get(sms.reference) ?? write(sms, now);
      byReference.set(sms.reference, id);
      return id;
    },
  };
}

/** A provisional code, or the one of «ce n’est pas moi». */
function codeIn(text: string): string | null {
  return /\bcode (?:est |is )?(\d{4,10}|[\dA-Z]{12})\b/.exec(text)?.[1] ?? null;
}
