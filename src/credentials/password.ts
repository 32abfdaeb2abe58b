import { type Compilable, type CompiledQuery, type Kysely, sql } from 'kysely';
import { prepared } from '#src/database/prepared.ts';
import type { CredentialTable, Database } from '#src/database/tables.ts';

/**
 * What a credential is good for. `known-devices-only`: after too many attempts by strangers it is accepted from its
 * owner's known browsers only; `disabled`: it is not accepted until its owner chooses another one.
 */
export type CredentialState = CredentialTable['state'];

/** A person's password as stored. */
export interface PasswordCredential {
  readonly personKey: Buffer;
  readonly id: string;
  readonly state: CredentialState;
  /** Null when the password is disabled. */
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

/** Whether a password is still as it was read before: not replaced, disabled, restricted or hashed anew since. */
export function isUnchanged(
  current: PasswordCredential | null,
  { id, state, hash }: PasswordCredential,
): current is PasswordCredential {
  return current?.id === id && current.state === state && current.hash === hash;
}

/** The hash to verify a typed password against; null when the stored one may not be used from this browser. */
export function usableHash(
  { state, hash }: Pick<PasswordCredential, 'state' | 'hash'>,
  fromKnownDevice = false,
): string | null {
  return state === 'usable' || (state === 'known-devices-only' && fromKnownDevice) ? hash : null;
}

/** Stores the password of a new account. */
export function beginningPassword(
  db: Kysely<Database>,
  personKey: Buffer,
  { id, hash }: { readonly id: string; readonly hash: string },
  now: Date,
): Compilable {
  return db.insertInto('credential').values({
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
  });
}

/** Deletes everything that signs in to an account, before it is replaced. */
export async function forgetCredentials(trx: Kysely<Database>, personKey: Buffer): Promise<void> {
  await trx.deleteFrom('credential').where('person_key', '=', personKey).execute();
}

/** Replaces a password by one that its owner has just chosen: it is accepted from every browser. */
export function replacingPassword(db: Kysely<Database>, personKey: Buffer, hash: string, now: Date) {
  return db
    .updateTable('credential')
    .set({ secret: hash, changed_at: now, state: 'usable', state_changed_at: now })
    .where('person_key', '=', personKey)
    .where('kind', '=', 'password');
}

/** Disables a password and deletes its hash. */
export async function disablePassword(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('credential')
    .set({ secret: null, state: 'disabled', state_changed_at: now })
    .where('person_key', '=', personKey)
    .where('kind', '=', 'password')
    .execute();
}

/**
 * Disables a password after too many attempts. When strangers made them, it is still accepted from its owner’s known
 * browsers, if there are any.
 */
export async function restrictTriedPassword(
  trx: Kysely<Database>,
  personKey: Buffer,
  { fromKnownDevice }: { readonly fromKnownDevice: boolean },
  now: Date,
): Promise<void> {
  const knownDevices = trx
    .selectFrom('known_device')
    .select('token_hash')
    .where('person_key', '=', personKey)
    .where('expires_at', '>', now)
    .where('with_password', '=', true)
    .limit(1);
  const { restricted } = await trx
    .selectNoFrom((eb) => eb.exists(knownDevices).as('restricted'))
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

const use = `
  update credential set last_used_at = $5, use_count = use_count + 1, secret = coalesce($6, secret)
  where person_key = $1 and id = $2 and state = $3 and secret = $4`;

/**
 * Notes a sign-in with a password, unless it was changed since it was read; with its new hash, if it was hashed anew at a
 * higher cost.
 */
export function usingPassword(
  { personKey, id, state, hash }: PasswordCredential,
  rehashed: string | null,
  now: Date,
): CompiledQuery {
  return prepared(use, [personKey, id, state, hash, now, rehashed]);
}

/**
 * Replaces every hash made with a retired pepper by one that no password matches. The owners are not notified: each
 * finds that the password no longer works, and requests a new one.
 */
export async function endPasswordsOfPepper(
  trx: Kysely<Database>,
  version: number,
  unmatchedHash: string,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update credential set secret = ${unmatchedHash}
    where kind = 'password' and substring(secret from 'keyid=(\\d+)')::integer = ${version}`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** Accepts a password from every browser again, which strangers had tried too often. False when it was not restricted. */
export async function liftRestriction(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('credential')
    .set({ state: 'usable', state_changed_at: now })
    .where('person_key', '=', personKey)
    .where('kind', '=', 'password')
    .where('state', '=', 'known-devices-only')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
