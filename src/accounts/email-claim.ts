import { type Compilable, type Kysely, sql } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';

export interface AddressClaim {
  readonly personKey: Buffer;
  /** The address under every key version, the current one first (`emailKeys`). */
  readonly addressKeys: readonly Buffer[];
  /** Null once the address is confirmed: an unconfirmed one is not claimed for ever. */
  readonly expiresAt: Date | null;
}

/**
 * Claims an address for the person’s account: no row changes when another account holds it under this key. Claims under
 * older keys are looked up before (`isHeldByAnother`).
 */
export function claimingAddress(
  db: Kysely<Database>,
  { personKey, addressKeys: [addressKey], expiresAt }: AddressClaim,
  now: Date,
): Compilable {
  const claim = sql`
    insert into email_claim as held (email_key, person_key, claimed_at, expires_at)
    values (${addressKey}, ${personKey}, ${now}, ${expiresAt})
    on conflict (email_key) do update
    set person_key = excluded.person_key, claimed_at = excluded.claimed_at, expires_at = excluded.expires_at
    where held.expires_at <= ${now} or held.person_key = excluded.person_key`;
  return { compile: () => claim.compile(db) };
}

/** Runs `claimingAddress`; false when another account holds the address, under any key. */
export async function claimAddress(trx: Kysely<Database>, claim: AddressClaim, now: Date): Promise<boolean> {
  const [, ...olderKeys] = claim.addressKeys;
  if (olderKeys.length > 0 && (await isHeldByAnother(trx, { ...claim, addressKeys: olderKeys }, now)))
    return false;
  const { numAffectedRows } = await trx.executeQuery(claimingAddress(trx, claim, now).compile());
  return numAffectedRows === 1n;
}

const heldQuery = `
  select true as held from email_claim
  where email_key = any($1::bytea[]) and person_key <> $2 and (expires_at is null or expires_at > $3)`;

/** Whether another account holds the address, under one of its keys. */
export async function isHeldByAnother(
  db: Kysely<Database>,
  { personKey, addressKeys }: Pick<AddressClaim, 'personKey' | 'addressKeys'>,
  now: Date,
): Promise<boolean> {
  const { rows } = await db.executeQuery(prepared(heldQuery, [addressKeys, personKey, now]));
  return rows.length > 0;
}

/** Whether the person’s account holds an address, under one of these keys. */
export async function holdsAddress(
  db: Kysely<Database>,
  personKey: Buffer,
  addressKeys: readonly Buffer[],
): Promise<boolean> {
  for (const addressKey of addressKeys) {
    const claim = await db
      .selectFrom('email_claim')
      .select('email_key')
      .where('email_key', '=', addressKey)
      .where('person_key', '=', personKey)
      .executeTakeFirst();
    if (claim) return true;
  }
  return false;
}

/** Makes the claim of an account permanent, once its address is confirmed. */
export function keepingAddress(
  db: Kysely<Database>,
  { personKey, emailKey }: Pick<Account, 'personKey' | 'emailKey'>,
): Compilable {
  return db
    .updateTable('email_claim')
    .set({ expires_at: null })
    .where('email_key', '=', emailKey)
    .where('person_key', '=', personKey);
}

/** Deletes the claim of an address that the account no longer uses. */
export function releasingAddress(db: Kysely<Database>, personKey: Buffer, addressKey: Buffer) {
  return db.deleteFrom('email_claim').where('email_key', '=', addressKey).where('person_key', '=', personKey);
}

/** An account, and the key of its address. */
export interface HeldAddress {
  readonly personKey: Buffer;
  readonly emailKey: Buffer;
}

/** Deletes in one statement the claims of accounts that the register closes. */
export async function releaseAddresses(trx: Kysely<Database>, held: readonly HeldAddress[]): Promise<void> {
  await sql`
    delete from email_claim
    where email_key = any(${held.map(({ emailKey }) => emailKey)}::bytea[])
      and email_key || person_key = any(${held.map(({ emailKey, personKey }) => Buffer.concat([emailKey, personKey]))}::bytea[])`.execute(
    trx,
  );
}

/** Claims in one statement the addresses of accounts that are given back, but those that others hold meanwhile. */
export async function claimAddressesAgain(
  trx: Kysely<Database>,
  held: readonly (HeldAddress & { readonly expiresAt: Date | null })[],
  now: Date,
): Promise<void> {
  await sql`
    insert into email_claim as held (email_key, person_key, claimed_at, expires_at)
    select distinct on (email_key) email_key, person_key, ${now}::timestamptz, expires_at
    from unnest(
      ${held.map(({ emailKey }) => emailKey)}::bytea[], ${held.map(({ personKey }) => personKey)}::bytea[],
      ${held.map(({ expiresAt }) => expiresAt)}::timestamptz[]
    ) as again(email_key, person_key, expires_at)
    on conflict (email_key) do update
    set person_key = excluded.person_key, claimed_at = excluded.claimed_at, expires_at = excluded.expires_at
    where held.expires_at <= excluded.claimed_at or held.person_key = excluded.person_key`.execute(trx);
}

/** Runs `releasingAddress`. */
export async function releaseAddress(
  trx: Kysely<Database>,
  personKey: Buffer,
  addressKey: Buffer,
): Promise<void> {
  await releasingAddress(trx, personKey, addressKey).execute();
}

/** Deletes the claim of an account that was not confirmed in time. */
export async function releaseExpired(
  trx: Kysely<Database>,
  personKey: Buffer,
  addressKey: Buffer,
  now: Date,
): Promise<void> {
  await trx
    .deleteFrom('email_claim')
    .where('email_key', '=', addressKey)
    .where('person_key', '=', personKey)
    .where('expires_at', '<=', now)
    .execute();
}
