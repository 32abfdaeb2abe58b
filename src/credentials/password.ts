import { type Kysely, sql } from 'kysely';
import type { CredentialTable, Database } from '#src/database/tables.ts';

/**
 * What may be done with a credential. `known-devices-only`: strangers tried it so often that it opens the account from
 * its owner's browsers only; `disabled`: it opens nothing until its owner chooses another one.
 */
export type CredentialState = CredentialTable['state'];

/** A person's password as stored. */
export interface PasswordCredential {
  readonly personKey: Buffer;
  readonly id: string;
  readonly state: CredentialState;
  /** Null when it is disabled. */
  readonly hash: string | null;
  /** When its owner chose it. */
  readonly changedAt: Date;
}

/** The columns of `credential` that `passwordOf` reads, beside those of an account. */
export const passwordColumns = [
  'credential.person_key as password_of',
  'credential.id as password_id',
  'credential.state as password_state',
  'credential.secret as password_hash',
  'credential.changed_at as password_changed_at',
] as const;

export interface PasswordRow {
  readonly password_of: Buffer | null;
  readonly password_id: string | null;
  readonly password_state: CredentialState | null;
  readonly password_hash: string | null;
  readonly password_changed_at: Date | null;
}

/** The password in a row; null for a person without one, whose columns a left join leaves empty. */
export function passwordOf(row: PasswordRow): PasswordCredential | null {
  const { password_of, password_id, password_state, password_hash, password_changed_at } = row;
  if (!password_of || !password_id || !password_state || !password_changed_at) return null;
  return {
    personKey: password_of,
    id: password_id,
    state: password_state,
    hash: password_hash,
    changedAt: password_changed_at,
  };
}

export async function findPassword(
  db: Kysely<Database>,
  personKey: Buffer,
): Promise<PasswordCredential | null> {
  const row = await db
    .selectFrom('credential')
    .select(passwordColumns)
    .where('person_key', '=', personKey)
    .where('kind', '=', 'password')
    .executeTakeFirst();
  return row ? passwordOf(row) : null;
}

/** Whether a password is still the one that was read before: neither chosen anew nor ended, restricted or hashed since. */
export function isUnchanged(
  now: PasswordCredential | null,
  before: PasswordCredential,
): now is PasswordCredential {
  return now !== null && now.id === before.id && now.state === before.state && now.hash === before.hash;
}

/** The hash that a typed password is compared with; null when the stored one may not be used from this browser. */
export function usableHash(
  { state, hash }: Pick<PasswordCredential, 'state' | 'hash'>,
  fromKnownDevice = false,
): string | null {
  return state === 'usable' || (state === 'known-devices-only' && fromKnownDevice) ? hash : null;
}

/** Stores the password of a new account, in the place of whatever an account that it replaces was opened with. */
export async function beginPassword(
  trx: Kysely<Database>,
  personKey: Buffer,
  { id, hash }: { readonly id: string; readonly hash: string },
  now: Date,
): Promise<void> {
  await trx.deleteFrom('credential').where('person_key', '=', personKey).execute();
  await trx
    .insertInto('credential')
    .values({
      person_key: personKey,
      id,
      kind: 'password',
      state: 'usable',
      label: null,
      secret: hash,
      created_at: now,
      changed_at: now,
      state_changed_at: now,
      last_used_at: null,
    })
    .execute();
}

/** Stores a password that its owner has just chosen, in the place of the one before: it works everywhere. */
export async function replacePassword(
  trx: Kysely<Database>,
  personKey: Buffer,
  hash: string,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('credential')
    .set({ secret: hash, changed_at: now, state: 'usable', state_changed_at: now })
    .where('person_key', '=', personKey)
    .where('kind', '=', 'password')
    .execute();
}

/** Leaves nothing of a password that may not be used any more. */
export async function disablePassword(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('credential')
    .set({ secret: null, state: 'disabled', state_changed_at: now })
    .where('person_key', '=', personKey)
    .where('kind', '=', 'password')
    .execute();
}

/**
 * Ends a password that was tried too often. Tried by strangers, it goes on working from the browsers that its owner
 * signed in with, where there are any.
 */
export async function endTriedPassword(
  trx: Kysely<Database>,
  personKey: Buffer,
  { fromKnownDevice }: { readonly fromKnownDevice: boolean },
  now: Date,
): Promise<void> {
  const known = trx
    .selectFrom('known_device')
    .select('token_hash')
    .where('person_key', '=', personKey)
    .where('expires_at', '>', now)
    .limit(1);
  const { restricted } = await trx
    .selectNoFrom((eb) => eb.exists(known).as('restricted'))
    .executeTakeFirstOrThrow();
  if (fromKnownDevice || !restricted) return disablePassword(trx, personKey, now);
  await trx
    .updateTable('credential')
    .set({ state: 'known-devices-only', state_changed_at: now })
    .where('person_key', '=', personKey)
    .where('kind', '=', 'password')
    .where('state', '=', 'usable')
    .execute();
}

/** Notes that somebody signed in by a password; with its new hash, where it was hashed anew at a higher cost. */
export async function notePasswordUsed(
  trx: Kysely<Database>,
  { personKey, id }: Pick<PasswordCredential, 'personKey' | 'id'>,
  rehashed: string | null,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('credential')
    .set((eb) => ({
      last_used_at: now,
      use_count: eb('use_count', '+', 1),
      ...(rehashed === null ? {} : { secret: rehashed }),
    }))
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .execute();
}

/**
 * Puts the hash of no password in the place of every one that a pepper made. Their owners are not told: each finds that
 * the password no longer works, and asks for another one.
 */
export async function endPasswordsOfPepper(
  trx: Kysely<Database>,
  version: number,
  nobodysHash: string,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update credential set secret = ${nobodysHash}
    where kind = 'password' and substring(secret from 'keyid=(\\d+)')::integer = ${version}`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
