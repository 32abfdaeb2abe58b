import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Notes that the tables are distributed: processes that start from now on write in single statements (`atOnce`). */
export async function markDistributed(db: Kysely<Database>): Promise<void> {
  await db.updateTable('installation').set({ distributed_by: 'citus' }).execute();
}
