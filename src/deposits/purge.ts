import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Deletes which ids were deposited before an instant: they may serve again. Returns how many. */
export async function purgeDeposits(db: Kysely<Database>, before: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('deposit').where('at', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}
