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

/**
 * Runs a transaction, and undoes it where it is only rehearsed: what it answers is what would happen, since it has happened
 * and was taken back.
 */
export async function changeOrRehearse<T>(
  db: Kysely<Database>,
  isRehearsal: boolean,
  run: (trx: Kysely<Database>) => Promise<T>,
): Promise<T> {
  if (!isRehearsal) return db.transaction().execute(run);
  let answer: { readonly is: T } | undefined;
  await allOrNothing(db, async (trx) => {
    answer = { is: await run(trx) };
    return null;
  });
  if (!answer) throw new Error('A rehearsal ends with its answer');
  return answer.is;
}
