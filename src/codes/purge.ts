import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

const keptDays = 30;

/** Forgets provisional codes that have been dead for 30 days, used or not. */
export async function purgeCodes(db: Kysely<Database>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000);
  await db.deleteFrom('provisional_code').where('dead_at', '<', before).execute();
}
