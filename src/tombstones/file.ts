import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import { brokenLine, parseLine } from '#src/files/json-line.ts';
import { UnusableFile } from '#src/files/open-file.ts';
import type { Tombstone } from '#src/tombstones/tombstone.ts';

const format = 'compte-assure tombstones 1';
const mac = z.string().regex(/^[\da-f]{64}$/);

const heading = z.strictObject({
  format: z.literal(format),
  key: z.int().nonnegative(),
  at: z.iso.datetime(),
});
const entry = z.strictObject({
  person: z.string().regex(/^[\da-f]{64}$/),
  id: z.uuid(),
  erasedAt: z.iso.datetime(),
  reason: z.enum(['asked']),
  mac,
});
const ending = z.strictObject({ end: z.int().nonnegative(), mac });

/** No line of such a file is longer. */
export const mostLineBytes = 500;

/**
 * The lines of a file of tombstones: a heading, one for each, an end with their number. Each carries a keyed fingerprint of
 * itself and of all before it, so that a line which was changed, taken out, moved or added is found where it is, and a file
 * that was cut at its end.
 */
export async function* writeTombstones(
  keyring: Keyring,
  tombstones: AsyncIterable<Tombstone>,
  now: Date,
): AsyncGenerator<string> {
  const chain = openChain(keyring, keyring.current, now.toISOString());
  yield JSON.stringify({ format, key: keyring.current, at: now.toISOString() });
  let count = 0;
  for await (const { personKey, id, erasedAt, reason } of tombstones) {
    const said = { person: personKey.toString('hex'), id, erasedAt: erasedAt.toISOString(), reason };
    yield JSON.stringify({ ...said, mac: chain.next(Object.values(said)).toString('hex') });
    count += 1;
  }
  yield JSON.stringify({ end: count, mac: chain.next(['end', String(count)]).toString('hex') });
}

/** A line of such a file, by its number. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/**
 * Reads what `writeTombstones` wrote, and throws `UnusableFile`, with the line, for anything else. What it gives counts only
 * once it has come to its end.
 */
export async function* readTombstones(
  keyring: Keyring,
  lines: AsyncIterable<NumberedLine>,
): AsyncGenerator<Tombstone> {
  let chain: Chain | null = null;
  let count = 0;
  let ended = false;
  for await (const { number, text } of lines) {
    if (ended) throw brokenLine(number, 'there is something after the end');
    const read = parseLine(number, text);
    if (!chain) {
      const first = heading.safeParse(read);
      if (!first.success) throw brokenLine(number, `this is no file of tombstones (${format})`);
      if (!keyring.versions.includes(first.data.key))
        throw brokenLine(
          number,
          `it was written under master key ${first.data.key}, which is not in MASTER_KEYS`,
        );
      chain = openChain(keyring, first.data.key, first.data.at);
      continue;
    }
    const last = ending.safeParse(read);
    if (last.success) {
      const expected = chain.next(['end', String(last.data.end)]);
      if (last.data.end !== count || !isRight(expected, last.data.mac)) throw changed(number);
      ended = true;
      continue;
    }
    const one = entry.safeParse(read);
    if (!one.success) throw brokenLine(number, 'this is no tombstone');
    const { person, id, erasedAt, reason } = one.data;
    if (!isRight(chain.next([person, id, erasedAt, reason]), one.data.mac)) throw changed(number);
    count += 1;
    yield { personKey: Buffer.from(person, 'hex'), id, erasedAt: new Date(erasedAt), reason };
  }
  if (!ended) throw new UnusableFile('the file is cut short: its end is missing; take another copy of it');
}

interface Chain {
  next(said: readonly string[]): Buffer;
}

function openChain(keyring: Keyring, version: number, at: string): Chain {
  let previous = fingerprintWith(keyring, version, 'tombstone', format, at);
  return {
    next(said) {
      previous = fingerprintWith(keyring, version, 'tombstone', previous, ...said);
      return previous;
    },
  };
}

function isRight(expected: Buffer, written: string): boolean {
  return timingSafeEqual(expected, Buffer.from(written, 'hex'));
}

function changed(number: number): UnusableFile {
  return brokenLine(
    number,
    'it was changed, or lines before it were, or another key made it: take another copy',
  );
}
