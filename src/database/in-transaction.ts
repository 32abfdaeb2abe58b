import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Runs in the caller’s transaction where there is one, in a transaction of its own otherwise. */
export async function inTransaction<T>(
  db: Kysely<Database>,
  run: (trx: Kysely<Database>) => Promise<T>,
): Promise<T> {
  return db.isTransaction ? run(db) : db.transaction().execute(run);
}
