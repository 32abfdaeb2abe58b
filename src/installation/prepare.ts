import { setTimeout as wait } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { migrate, type OnWait } from '#src/database/migrate.ts';
import { lockTimeout, withPatience } from '#src/database/patience.ts';
import type { Database } from '#src/database/tables.ts';
import { grantRuntime } from '#src/installation/grants.ts';
import { installJobs } from '#src/jobs/jobs.ts';

/**
 * Brings a database to the version of this program, as the role that owns it: our tables, those of the job queues,
 * and the privileges of the runtime role, if it is another. Returns the migrations that ran.
 *
 * The service goes on meanwhile: no step waits for a lock longer than `lockTimeout`, since other statements would queue
 * behind it; it gives up, reports that (`onWait`), and retries.
 */
export async function prepareDatabase(
  db: Kysely<Database>,
  runtimeRole: string | null,
  onWait: OnWait = () => {},
): Promise<string[]> {
  return takingTurns(db, onWait, async (session) => {
    const ran = await migrate(session, { onWait });
    await sql`set lock_timeout = ${sql.lit(lockTimeout)}`.execute(session);
    await withPatience(
      // A failure may have left a transaction open.
      () => installJobs(session).finally(() => sql`rollback`.execute(session)),
      () => onWait('the job queues'),
    );
    if (runtimeRole !== null)
      await withPatience(
        () =>
          session.transaction().execute(async (trx) => {
            // On several nodes each table has many parts.
            await sql`set local statement_timeout = 0`.execute(trx);
            await grantRuntime(trx, runtimeRole);
          }),
        () => onWait('the rights'),
      );
    return ran;
  });
}

const askAgainMs = 200;

/** Runs in one process at a time, in one session. A waiting process polls, so that it holds no statement open. */
async function takingTurns<T>(
  db: Kysely<Database>,
  onWait: OnWait,
  run: (session: Kysely<Database>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (session) => {
    if (!(await takeTurn(session))) {
      onWait('another process that migrates');
      while (!(await takeTurn(session))) await wait(askAgainMs);
    }
    try {
      return await run(session);
    } finally {
      await sql`rollback`.execute(session);
      await sql`reset lock_timeout`.execute(session);
      await sql`select pg_advisory_unlock(hashtextextended('compte migrate', 0))`.execute(session);
    }
  });
}

async function takeTurn(session: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_lock(hashtextextended('compte migrate', 0)) as taken`.execute(session);
  return rows[0]?.taken === true;
}
