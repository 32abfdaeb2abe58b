import type { Kysely } from 'kysely';
import { type Account, accountColumns, decoyContact, openAccount } from '#src/accounts/account.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import type { NoticeFate } from '#src/notices/fate.ts';
import type { Services } from '#src/services.ts';

/** The pending account of a NIR, or null; the same work in both cases. */
export async function findPending(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  nir: string,
  now: Date,
): Promise<Account | null> {
  const row = await db
    .selectFrom('account')
    .select(accountColumns)
    .where('person_key', 'in', personKeys(keyring, nir))
    .where('status', '=', 'pending')
    .where('pending_until', '>', now)
    .executeTakeFirst();
  if (row) return openAccount(keyring, row);
  decoyContact(keyring);
  return null;
}

/** The state of the latest confirmation mail; null without one. */
export async function latestMail(db: Kysely<Database>, personKey: Buffer): Promise<NoticeFate | null> {
  const row = await db
    .selectFrom('notice')
    .select(['notice.state', 'notice.reason', 'notice.created_at', 'notice.handed_over_at'])
    .select(['notice.delivered_at', 'notice.delayed_at'])
    .where('notice.person_key', '=', personKey)
    .where('notice.kind', 'in', ['activation', 'activation-reminder', 'address-taken'])
    .orderBy('notice.created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
