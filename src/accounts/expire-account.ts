import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** People whose pending account has expired, where that is not noted yet. */
export async function findExpired(
  db: Kysely<Database>,
  atMost: number,
  now: Date,
): Promise<readonly Buffer[]> {
  const rows = await db
    .selectFrom('account')
    .select('person_key')
    .where('status', '=', 'pending')
    .where('pending_until', '<=', now)
    .where('expiry_told', 'is distinct from', sql<Date>`pending_until`)
    .limit(atMost)
    .execute();
  return rows.map((row) => row.person_key);
}

/**
 * Notes, once, that a pending account has expired. Returns the key of its address; null when it has not, or is noted.
 */
export async function markExpired(
  trx: Kysely<Database>,
  personKey: Buffer,
  now: Date,
): Promise<Buffer | null> {
  const expired = await trx
    .updateTable('account')
    .set((eb) => ({ expiry_told: eb.ref('pending_until') }))
    .where('person_key', '=', personKey)
    .where('status', '=', 'pending')
    .where('pending_until', '<=', now)
    .where('expiry_told', 'is distinct from', sql<Date>`pending_until`)
    .returning('email_key')
    .executeTakeFirst();
  return expired?.email_key ?? null;
}

/** People whose pending account has expired and was created before an instant. */
export async function findExpiredBefore(
  db: Kysely<Database>,
  createdBefore: Date,
  atMost: number,
  now: Date,
): Promise<readonly Buffer[]> {
  const rows = await expiredAccounts(db, createdBefore, now).limit(atMost).execute();
  return rows.map((row) => row.person_key);
}

/** Whether a pending account is still expired; if so, its row is locked until the end of the transaction. */
export async function lockExpired(
  trx: Kysely<Database>,
  personKey: Buffer,
  createdBefore: Date,
  now: Date,
): Promise<boolean> {
  const row = await expiredAccounts(trx, createdBefore, now)
    .where('person_key', '=', personKey)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

function expiredAccounts(db: Kysely<Database>, createdBefore: Date, now: Date) {
  return db
    .selectFrom('account')
    .select('person_key')
    .where('status', '=', 'pending')
    .where('pending_until', '<=', now)
    .where('created_at', '<', createdBefore);
}
