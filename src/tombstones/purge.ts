import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Longer than anybody keeps a backup that they would restore. */
const keptDays = 1_095;

/** Deletes the tombstones of erasures three years ago; returns how many. */
export async function purgeTombstones(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('tombstone')
    .where('erased_at', '<', new Date(now.getTime() - keptDays * 86_400_000))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
