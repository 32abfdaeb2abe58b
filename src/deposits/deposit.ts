import { hash } from 'node:crypto';
import type { Compilable, Kysely } from 'kysely';
import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { DepositTable } from '#src/database/deposit-tables.ts';
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

/**
 * What was deposited for a person under this id before; null when nothing was. `keys`: the person’s, of all versions;
 * `content`: all of it, in one form for equal contents. A content whose key was retired counts as the same.
 */
export async function findDeposit(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  reference: Reference,
  content: string,
): Promise<Repeated | null> {
  const row = await db
    .selectFrom('deposit')
    .select(['id', 'content_key'])
    .where('person_key', 'in', keys)
    .where('reference_hash', '=', referenceHash(reference))
    .executeTakeFirst();
  if (!row) return null;
  const { id, content_key: stored } = row;
  const isSame =
    stored === null ||
    keyring.versions.some((version) => fingerprintWith(keyring, version, 'deposit', content).equals(stored));
  return { kind: isSame ? 'same' : 'other-content', id };
}

/** Stores that something was deposited and what it became; changes no row when the id is taken. */
export function recordingDeposit(
  db: Kysely<Database>,
  keyring: Keyring,
  deposit: Reference & { readonly personKey: Buffer; readonly id: string; readonly content: string },
  now: Date,
): Compilable {
  const { personKey, sender, kind, id, content } = deposit;
  return db
    .insertInto('deposit')
    .values({
      person_key: personKey,
      reference_hash: referenceHash(deposit),
      content_key: fingerprint(keyring, 'deposit', content),
      kind,
      sender,
      id,
      at: now,
    })
    .onConflict((conflict) => conflict.doNothing());
}

function referenceHash({ sender, kind, reference }: Reference): Buffer {
  return hash('sha256', JSON.stringify([sender, kind, reference]), 'buffer');
}
