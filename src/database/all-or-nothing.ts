import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Runs a transaction that is undone when its outcome is null: something was no longer as it had been. */
export async function allOrNothing<T>(
  db: Kysely<Database>,
  run: (trx: Kysely<Database>) => Promise<T | null>,
): Promise<T | null> {
  const trx = await db.startTransaction().execute();
  try {
    const done = await run(trx);
    await (done === null ? trx.rollback() : trx.commit()).execute();
    return done;
  } catch (error) {
    if (!trx.isCommitted && !trx.isRolledBack) await trx.rollback().execute();
    throw error;
  }
}
