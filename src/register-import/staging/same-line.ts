import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { fingerprint, type Keyring, personKey } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import type { FileRecord } from '#src/files/csv.ts';
import { programVersion } from '#src/operations/version.ts';
import type { RecordFormat } from '#src/register-import/formats/read-record.ts';
import type { Reading } from '#src/register-import/staging/read-part.ts';

/**
 * All that says how a line is read and stored: this version of the program, the rules and the format. Of the day only the
 * year matters to a date that was right before.
 */
export function judgedBy({ rules, format }: Reading): Buffer {
  const { today, caisses, cards } = rules;
  const all = [programVersion(), today.slice(0, 4), [...caisses].sort(), cards, format];
  return createHash('sha256').update(JSON.stringify(all)).digest();
}

/** Keyed, of a line and what it was judged by: who was read from such a line need not be read from it again. */
export function lineFingerprint(keyring: Keyring, judged: Buffer, text: string): Buffer {
  return fingerprint(keyring, 'register-line', judged, text);
}

/** People as bytes, one after the other: the key of each, then the fingerprint of a line. */
export type PeopleByLine = Uint8Array<ArrayBuffer>;

/** The places, among these people, of those whom the register has by that very line. */
export type FindSame = (people: PeopleByLine) => Promise<readonly number[]>;

/** A line that says of a person what the register has of them. */
export interface SameLine {
  readonly personKey: Buffer;
  readonly lineFingerprint: Buffer;
}

const keyBytes = 32;
const personBytes = 2 * keyBytes;

/** People are sent as one value of bytes, for a list of values takes long to write. Null: the register has nobody. */
export async function openSameInRegister(session: Kysely<Database>): Promise<FindSame | null> {
  const anybody = await session.selectFrom('insured').select('key_version').limit(1).executeTakeFirst();
  if (!anybody) return null;
  return async (people) => {
    const count = people.length / personBytes;
    const bytes = Buffer.from(people.buffer);
    const { rows } = await sql<{ places: readonly number[] }>`
      select coalesce(json_agg(place), '[]') as places
      from generate_series(0, ${count - 1}::integer) as place
      join insured i on i.person_key = substr(${bytes}::bytea, place * ${personBytes}::integer + 1, ${keyBytes}::integer)
      where i.left_since is null and i.line_fingerprint =
        substr(${bytes}::bytea, place * ${personBytes}::integer + ${keyBytes + 1}::integer, ${keyBytes}::integer)`.execute(
      session,
    );
    return rows[0]?.places ?? [];
  };
}

/**
 * The lines by which the register has their person already, by their number. Whose a line may be is guessed: a wrong guess
 * finds nobody with this line, and the line is read.
 */
export async function sameLines(
  lines: readonly FileRecord[],
  reading: Reading,
  keyring: Keyring,
  findSame: FindSame,
): Promise<ReadonlyMap<number, SameLine>> {
  const judged = judgedBy(reading);
  const numbers: number[] = [];
  const people = Buffer.from(new ArrayBuffer(lines.length * personBytes));
  for (const line of lines) {
    const text = 'text' in line && line.ended ? line.text.trim() : '';
    const nir = glimpsedNir(text, reading.format);
    if (nir === null) continue;
    const at = numbers.push(line.number) * personBytes - personBytes;
    personKey(keyring, nir).copy(people, at);
    lineFingerprint(keyring, judged, text).copy(people, at + keyBytes);
  }
  if (numbers.length === 0) return new Map();
  const asked = new Uint8Array(people.buffer.slice(0, numbers.length * personBytes));
  const same = await findSame(asked);
  return new Map(
    same.map((place) => {
      const at = place * personBytes;
      const key = people.subarray(at, at + keyBytes);
      return [
        numbers[place] ?? 0,
        { personKey: key, lineFingerprint: people.subarray(at + keyBytes, at + personBytes) },
      ];
    }),
  );
}

/** What stands where a line has its NIR, without reading it; null where nothing does. */
function glimpsedNir(text: string, format: RecordFormat): string | null {
  if (format.kind === 'csv') {
    const cell = text.split(format.delimiter)[format.columns.indexOf('nir')] ?? '';
    return /[0-9AB]{13}/.exec(cell)?.[0] ?? null;
  }
  return /"nir": ?"([0-9AB]{13})/.exec(text)?.[1] ?? null;
}
