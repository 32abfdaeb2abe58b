import type { Kysely } from 'kysely';
import { type Account, accountColumns, openAccount } from '#src/accounts/account.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** People whose active account was last used before an instant, and who were not warned, the longest unused first. */
export async function findUnwarned(
  db: Kysely<Database>,
  lastUsedBefore: Date,
  atMost: number,
): Promise<readonly Buffer[]> {
  const rows = await db
    .selectFrom('account')
    .select('person_key')
    .where('status', '=', 'active')
    .where('unused_warned_at', 'is', null)
    .where('last_used_at', '<=', lastUsedBefore)
    .orderBy('last_used_at')
    .limit(atMost)
    .execute();
  return rows.map((row) => row.person_key);
}

/**
 * Notes that the owner of an unused account is warned; returns the account and when it was last used. Null when the
 * owner was warned or the account was used since it was found.
 */
export async function markWarned(
  trx: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  lastUsedBefore: Date,
  now: Date,
): Promise<{ readonly account: Account; readonly lastUsedAt: Date } | null> {
  const row = await trx
    .updateTable('account')
    .set({ unused_warned_at: now })
    .where('person_key', '=', personKey)
    .where('status', '=', 'active')
    .where('unused_warned_at', 'is', null)
    .where('last_used_at', '<=', lastUsedBefore)
    .returning([...accountColumns, 'account.last_used_at'])
    .executeTakeFirst();
  return row ? { account: openAccount(keyring, row), lastUsedAt: row.last_used_at } : null;
}

/** An account is deleted when it was last used, closed, disabled or frozen, and its owner warned, before these instants. */
export interface UnusedSince {
  readonly lastUsedBefore: Date;
  readonly warnedBefore: Date;
}

/** People whose account is to be deleted. */
export async function findUnused(
  db: Kysely<Database>,
  since: UnusedSince,
  atMost: number,
): Promise<readonly Buffer[]> {
  const rows = await unusedAccounts(db, since).limit(atMost).execute();
  return rows.map((row) => row.person_key);
}

/** Whether an account is still to be deleted; if so, its row is locked until the end of the transaction. */
export async function lockUnused(
  trx: Kysely<Database>,
  personKey: Buffer,
  since: UnusedSince,
): Promise<boolean> {
  const row = await unusedAccounts(trx, since)
    .where('person_key', '=', personKey)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

function unusedAccounts(db: Kysely<Database>, { lastUsedBefore, warnedBefore }: UnusedSince) {
  return db
    .selectFrom('account')
    .select('person_key')
    .where((eb) =>
      eb.or([
        eb.and([
          eb('status', '=', 'active'),
          eb('last_used_at', '<=', lastUsedBefore),
          eb('unused_warned_at', '<=', warnedBefore),
        ]),
        eb('closed_since', '<=', lastUsedBefore),
        eb('disabled_since', '<=', lastUsedBefore),
        eb.and([eb('status', '=', 'frozen'), eb('frozen_at', '<=', lastUsedBefore)]),
      ]),
    );
}
