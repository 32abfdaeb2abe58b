import type { Kysely } from 'kysely';
import { type Account, accountColumns, decoyContact, openAccount } from '#src/accounts/account.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { prepared } from '#src/database/prepared.ts';
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

const latestMailQuery = `
  select state, reason, created_at, handed_over_at, delivered_at, delayed_at from notice
  where person_key = $1 and kind in ('activation', 'activation-reminder', 'address-taken')
  order by created_at desc limit 1`;

/** The state of the latest confirmation mail; null without one. */
export async function latestMail(db: Kysely<Database>, personKey: Buffer): Promise<NoticeFate | null> {
  const { rows } = await db.executeQuery(prepared<NoticeFate>(latestMailQuery, [personKey]));
  return rows[0] ?? null;
}
