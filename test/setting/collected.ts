import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';

/** The statements that the product sends while tests run: each group of tests writes its own, and the runner reads all. */

const folder = join(import.meta.dirname, '../../.cache/tests/statements');

const collectedSchema = z.object({
  text: z.string(),
  /** Of the first time: bytes in hexadecimal; null for any other value. */
  values: z.array(z.string().nullable()),
  /** Where in `src/` it was sent from. */
  from: z.string(),
});
export type Collected = z.infer<typeof collectedSchema>;

/** What the setting sends more often than all the rest, and the product never: nobody has to look where it comes from. */
const ofTheSetting = ['reset all'];

/** Collects from now on, and writes what there is when the process ends. */
export function collectStatements(): void {
  const seen = new Set(ofTheSetting);
  const collected: Collected[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = new Proxy(query, {
    apply(target, client, args: unknown[]) {
      const [first, second] = args;
      const config = typeof first === 'object' && first !== null ? first : { text: first, values: second };
      const text: unknown = Reflect.get(config, 'text');
      if (typeof text === 'string' && !seen.has(text)) {
        const from = senderOf();
        // Tests read and change rows as they like; what they send first, the product may send later.
        if (from !== null) {
          seen.add(text);
          const values: unknown = Reflect.get(config, 'values');
          const given: readonly unknown[] = Array.isArray(values) ? values : [];
          collected.push({
            text,
            from,
            values: given.map((value) => (Buffer.isBuffer(value) ? value.toString('hex') : null)),
          });
        }
      }
      return Reflect.apply(target, client, args);
    },
  });
  process.once('exit', () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(collected));
  });
}

/** The place in `src/` that a statement comes from, beside the driver; null when a test sends it. */
function senderOf(): string | null {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 80;
  const { stack = '' } = new Error('where');
  Error.stackTraceLimit = limit;
  for (const [, place = ''] of stack.matchAll(/\/((?:src|test)\/[\w./-]+\.ts:\d+)/g)) {
    if (place.startsWith('test/setting/collected') || place.startsWith('test/setting/statements')) continue;
    if (/^src\/database\/(dialect|at-once|prepared|all-or-nothing|until-there|patience)\.ts/.test(place))
      continue;
    return place.startsWith('src/') && !/\.test\.ts/.test(place) ? place : null;
  }
  return 'src/?';
}

/** What all groups have collected, each statement once. */
export function readCollected(): readonly Collected[] {
  const all = readdirSync(folder).flatMap((name) =>
    z.array(collectedSchema).parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  );
  return [...new Map(all.map((one) => [one.text, one])).values()];
}
