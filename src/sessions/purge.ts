import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Deletes the sessions that are over. Answers how many. */
export async function deleteEndedSessions(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('session').where('expires_at', '<', now).executeTakeFirst();
  return Number(numDeletedRows);
}
