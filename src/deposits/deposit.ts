import { hash } from 'node:crypto';
import { type Compilable, type Kysely, sql } from 'kysely';
import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { DepositTable } from '#src/database/tables/deposits.ts';
import type { Database } from '#src/database/tables.ts';

export type DepositKind = DepositTable['kind'];

/** The id that a sender gives to what it deposits: its own, one for each deposit of a kind for a person. */
export interface Reference {
  readonly sender: string;
  readonly kind: DepositKind;
  readonly reference: string;
}

/** What a repeated id means: nothing new, or another content under an id that is taken. */
export type Repeated = { readonly kind: 'same' | 'other-content'; readonly id: string };

/** A deposit to look up. `keys`: the person’s, of all versions; `content`: all of it, in one form for equal contents. */
interface Sought extends Reference {
  readonly keys: readonly Buffer[];
  readonly content: string;
}

/**
 * What was deposited under each of these ids before, in their order; null where nothing was. A content whose key was
 * retired counts as the same.
 */
export async function findDeposits(
  db: Kysely<Database>,
  keyring: Keyring,
  sought: readonly Sought[],
): Promise<readonly (Repeated | null)[]> {
  if (sought.length === 0) return [];
  const pairs = sought.flatMap(({ keys, ...reference }) => {
    const hashed = referenceHash(reference);
    return keys.map((key) => ({ key, hashed }));
  });
  const { rows } = await sql<Pick<DepositTable, 'person_key' | 'reference_hash' | 'id' | 'content_key'>>`
    select person_key, reference_hash, id, content_key from deposit
    where person_key = any(${pairs.map(({ key }) => key)}::bytea[])
      and reference_hash = any(${pairs.map(({ hashed }) => hashed)}::bytea[])`.execute(db);
  const found = new Map(rows.map((row) => [nameOf(row.person_key, row.reference_hash), row]));
  return sought.map(({ keys, content, ...reference }) => {
    const hashed = referenceHash(reference);
    const [row] = keys.flatMap((key) => found.get(nameOf(key, hashed)) ?? []);
    if (!row) return null;
    const { id, content_key: stored } = row;
    return { kind: isSame(keyring, stored, content) ? 'same' : 'other-content', id };
  });
}

function nameOf(key: Buffer, hashed: Buffer): string {
  return `${key.toString('hex')} ${hashed.toString('hex')}`;
}

function isSame(keyring: Keyring, stored: Buffer | null, content: string): boolean {
  return (
    stored === null ||
    keyring.versions.some((version) => fingerprintWith(keyring, version, 'deposit', content).equals(stored))
  );
}

/** What something deposited became. */
export interface NewDeposit extends Reference {
  readonly personKey: Buffer;
  readonly id: string;
  readonly content: string;
}

/** Stores that something was deposited and what it became; changes no row for an id that is taken. */
export function recordingDeposits(
  db: Kysely<Database>,
  keyring: Keyring,
  deposits: readonly NewDeposit[],
  now: Date,
): Compilable {
  return db
    .insertInto('deposit')
    .values(
      deposits.map((deposit) => ({
        person_key: deposit.personKey,
        reference_hash: referenceHash(deposit),
        content_key: fingerprint(keyring, 'deposit', deposit.content),
        kind: deposit.kind,
        sender: deposit.sender,
        id: deposit.id,
        at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing());
}

function referenceHash({ sender, kind, reference }: Reference): Buffer {
  return hash('sha256', JSON.stringify([sender, kind, reference]), 'buffer');
}
