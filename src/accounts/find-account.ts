import type { Kysely } from 'kysely';
import { type Account, accountColumns, accountOf, isLive, openAccount } from '#src/accounts/account.ts';
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
