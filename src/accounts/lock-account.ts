import type { Compilable, Kysely } from 'kysely';
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
 *
 * The lock is that of an update: a row that refers to the account, such as the avis of a deposit, does not wait for it.
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
    .forNoKeyUpdate()
    .executeTakeFirst();
  const account = row && accountOf(keyring, row);
  return account && isOpenOrPending(account) ? account : null;
}

/** An account, kept from changing while it is active and its address is still the one that was read. */
export function holdingActive(
  db: Kysely<Database>,
  { personKey, emailKey }: Pick<Account, 'personKey' | 'emailKey'>,
): Compilable {
  return db
    .selectFrom('account')
    .select('status')
    .where('person_key', '=', personKey)
    .where('status', '=', 'active')
    .where('email_key', '=', emailKey)
    .forNoKeyUpdate();
}

/** An account, kept from changing while it is active, whatever its address has become: for what does not concern that. */
export function holdingOpen(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db
    .selectFrom('account')
    .select('status')
    .where('person_key', '=', personKey)
    .where('status', '=', 'active')
    .forNoKeyUpdate();
}

/** The account of a person, kept from changing, whatever its status. */
export function holdingAccount(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.selectFrom('account').select('status').where('person_key', '=', personKey).forNoKeyUpdate();
}

/**
 * The account of a person, kept from being deleted. What refers to it, such as an avis, takes this before it locks the audit
 * trail: the foreign key alone would wait for a deletion at the end of the statement.
 */
export function keepingAccount(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.selectFrom('account').select('status').where('person_key', '=', personKey).forKeyShare();
}

/** An account that stands, whatever its status, and since when it is frozen. */
export interface StandingAccount {
  readonly account: Account;
  readonly frozenAt: Date | null;
}

/**
 * The account that stands where another one is to be created, kept from changing until the end of the caller's
 * transaction. A creation takes it before its session and its dossier, as everything else that changes an account does.
 */
export async function lockStanding(
  trx: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
): Promise<StandingAccount | null> {
  const row = await trx
    .selectFrom('account')
    .select([...accountColumns, 'account.frozen_at'])
    .where('person_key', '=', personKey)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ? { account: accountOf(keyring, row), frozenAt: row.frozen_at } : null;
}

function isOpenOrPending(account: Account): account is LiveAccount {
  return account.status === 'active' || account.status === 'pending';
}
