import type { Kysely } from 'kysely';
import { type Account, accountColumns, accountOf } from '#src/accounts/account.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/**
 * The account as it is now, kept from changing until the end of the caller's transaction: whoever changes an
 * account takes it first. Null when it is not (or no longer) active or pending.
 */
export async function lockAccount(
  trx: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  at: Date,
): Promise<Account | null> {
  const row = await trx
    .selectFrom('account')
    .select(accountColumns)
    .where('person_key', '=', personKey)
    .where((eb) =>
      eb.or([eb('status', '=', 'active'), eb('status', '=', 'pending').and('pending_until', '>', at)]),
    )
    .forUpdate()
    .executeTakeFirst();
  return row ? accountOf(keyring, row) : null;
}
