import { setTimeout as wait } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { migrate } from '#src/database/migrate.ts';
import type { Database } from '#src/database/tables.ts';
import { grantRuntime } from '#src/installation/grants.ts';
import { installJobs } from '#src/jobs.ts';

/**
 * Brings a database to the version of this program, as the role that owns it: our tables, those of the job queues,
 * and the rights of the role that the processes connect as, when that is another. Answers the migrations that ran.
 */
export async function prepareDatabase(db: Kysely<Database>, runtimeRole: string | null): Promise<string[]> {
  return takingTurns(db, async (session) => {
    const ran = await migrate(session);
    await installJobs(session);
    if (runtimeRole !== null) await session.transaction().execute((trx) => grantRuntime(trx, runtimeRole));
    return ran;
  });
}

const askAgainMs = 200;

/** One process at a time, on one session. Whoever waits asks again rather than hold a statement open. */
async function takingTurns<T>(
  db: Kysely<Database>,
  run: (session: Kysely<Database>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (session) => {
    while (!(await takeTurn(session))) await wait(askAgainMs);
    try {
      return await run(session);
    } finally {
      // What failed may have left a transaction open, which would refuse every other statement.
      await sql`rollback`.execute(session);
      await sql`select pg_advisory_unlock(hashtextextended('compte migrate', 0))`.execute(session);
    }
  });
}

async function takeTurn(session: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_lock(hashtextextended('compte migrate', 0)) as taken`.execute(session);
  return rows[0]?.taken === true;
}
