import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

const keptDays = 30;

/** Deletes provisional codes 30 days after they expired, used or not; returns how many. */
export async function purgeCodes(db: Kysely<Database>, now: Date): Promise<number> {
  const before = new Date(now.getTime() - keptDays * 86_400_000);
  const { numDeletedRows } = await db
    .deleteFrom('provisional_code')
    .where('dead_at', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
