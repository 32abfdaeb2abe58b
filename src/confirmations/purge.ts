import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

const keptDays = 30;

/** Deletes links and codes 30 days after they expired; until then, their pages say why they fail. Returns how many. */
export async function purgeConfirmations(db: Kysely<Database>, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('email_confirmation')
    .where('dead_at', '<', new Date(now.getTime() - keptDays * 86_400_000))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
