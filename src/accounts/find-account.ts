import type { Kysely } from 'kysely';
import {
  type Account,
  accountColumns,
  accountOf,
  isLive,
  openAccount,
  openContact,
} from '#src/accounts/account.ts';
import { type Keyring, personKeys } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** The live account of a person; null when there is none. Its contact is decrypted when it is first read. */
export async function findLiveAccount(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  now: Date,
): Promise<Account | null> {
  const row = await db
    .selectFrom('account')
    .select(accountColumns)
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  const account = row && accountOf(keyring, row);
  return account && isLive(account, now) ? account : null;
}

const referenceBytes = 6;

/**
 * What operators are shown of an account where a NIR has no place: the beginning of its person key, which reveals nothing of the
 * person without our keys.
 */
export function accountReference(personKey: Buffer): string {
  return personKey.toString('hex', 0, referenceBytes);
}

/** Reads a reference; null for anything else. */
export function parseAccountReference(typed: string): string | null {
  const reference = typed.trim().toLowerCase();
  return /^[0-9a-f]{12}$/.test(reference) ? reference : null;
}

/** The NIRs of the accounts with this reference: one, but for the rarest of accidents. */
export async function findNirsByReference(
  db: Kysely<Database>,
  keyring: Keyring,
  reference: string,
): Promise<readonly string[]> {
  const rest = 32 - referenceBytes;
  const rows = await db
    .selectFrom('account')
    .select(['person_key', 'contact'])
    .where('person_key', '>=', Buffer.concat([Buffer.from(reference, 'hex'), Buffer.alloc(rest)]))
    .where('person_key', '<=', Buffer.concat([Buffer.from(reference, 'hex'), Buffer.alloc(rest, 0xff)]))
    .execute();
  return rows.map(({ person_key, contact }) => openContact(keyring, person_key, contact).nir);
}

/** The account of a NIR, under every key version, live or not. */
export async function findAccountOfNir(
  db: Kysely<Database>,
  keyring: Keyring,
  nir: string,
): Promise<Account | null> {
  const row = await db
    .selectFrom('account')
    .select(accountColumns)
    .where('person_key', 'in', personKeys(keyring, nir))
    .executeTakeFirst();
  return row ? openAccount(keyring, row) : null;
}
