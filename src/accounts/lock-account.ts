import type { Kysely } from 'kysely';
import { type Account, accountColumns, accountOf } from '#src/accounts/account.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** An account that is active, or pending until its address is confirmed. */
export interface LiveAccount extends Account {
  readonly status: 'active' | 'pending';
}

/**
 * The account in its present state, its row locked until the end of the caller's transaction: everything that changes
 * an account locks it first. Null when it is not (or no longer) active or pending.
 */
export async function lockAccount(
  trx: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  now: Date,
): Promise<LiveAccount | null> {
  const row = await trx
    .selectFrom('account')
    .select(accountColumns)
    .where('person_key', '=', personKey)
    .where((eb) =>
      eb.or([eb('status', '=', 'active'), eb('status', '=', 'pending').and('pending_until', '>', now)]),
    )
    .forUpdate()
    .executeTakeFirst();
  const account = row && accountOf(keyring, row);
  return account && isOpenOrPending(account) ? account : null;
}

function isOpenOrPending(account: Account): account is LiveAccount {
  return account.status === 'active' || account.status === 'pending';
}
