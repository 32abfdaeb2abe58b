import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Deletes what is known of assertions that no longer count. Returns how many. */
export async function purgeAssertions(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sender_assertion')
    .where('expires_at', '<', now)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
