import type { Kysely } from 'kysely';
import { type Account, accountColumns, openAccount } from '#src/account/account.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { personKeys } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';

/** The pending, live account of a NIR, or null. */
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
  return row ? openAccount(keyring, row) : null;
}

/** What became of the last confirmation mail; null when there is none. */
export async function latestMailState(
  db: Kysely<Database>,
  personKey: Buffer,
): Promise<NoticeTable['state'] | null> {
  const row = await db
    .selectFrom('notice')
    .select('state')
    .where('person_key', '=', personKey)
    .where('kind', 'in', ['activation', 'activation-reminder', 'address-taken'])
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.state ?? null;
}
