import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Deletes expired known browsers; returns how many. */
export async function purgeDevices(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('known_device')
    .where('expires_at', '<=', now)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
