import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

const keptDays = 30;

/** Deletes dossiers 30 days after their last change; returns how many. */
export async function purgeDossiers(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('dossier')
    .where('updated_at', '<', new Date(now.getTime() - keptDays * 86_400_000))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
