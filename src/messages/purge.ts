import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Deletes the messages from before an instant. Returns how many. */
export async function purgeMessages(db: Kysely<Database>, before: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('message').where('at', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}
