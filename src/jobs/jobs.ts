import { CompiledQuery, type Kysely, sql } from 'kysely';
import type pg from 'pg';
import { fromKysely, type JobResult, PgBoss, type QueueOptions } from 'pg-boss';
import type { Database } from '#src/database/tables.ts';

/** What each kind of job is told: names and numbers only, never personal data. */
export interface JobData {
  /** `personKey` in hexadecimal. */
  'deliver-notice': { readonly personKey: string; readonly id: string };
  housekeeping: Record<string, never>;
}
type JobName = keyof JobData;

/** `again`: not done, the job comes back after the queue's next delay. */
export type JobOutcome = 'done' | 'again';

interface WorkOptions {
  /** Jobs taken together; all of them are over before the same worker takes others. */
  readonly batch: number;
  /** Workers of this process that take batches independently. */
  readonly workers: number;
  /** How long a worker waits before it looks again when it found no full batch, at least 0.5. */
  readonly everySeconds: number;
}

export interface Jobs {
  /** One INSERT in the caller's transaction for all of them: the jobs exist exactly when that transaction commits. */
  enqueue<Name extends JobName>(
    db: Kysely<Database>,
    name: Name,
    jobs: readonly JobData[Name][],
  ): Promise<void>;
  /** Starts taking jobs. A handler that throws counts as `again`, and `onError` is told. */
  work<Name extends JobName>(
    name: Name,
    handler: (data: JobData[Name]) => Promise<JobOutcome>,
    options: WorkOptions,
  ): Promise<void>;
  /** A job now and then every so many minutes, one for all the processes of the installation together. */
  schedule(name: 'housekeeping', everyMinutes: number): Promise<void>;
  /** Jobs of a queue that wait for their next try are due now: all of them, or so many of the oldest. */
  hasten(name: JobName, atMost?: number): Promise<void>;
  /** Takes no more jobs and waits for those under way, so many seconds at most. */
  stop(withinSeconds?: number): Promise<void>;
}

export interface JobsOptions {
  /** Whether this process looks after the queues; others only add jobs. */
  readonly maintain: boolean;
  /** Told of what goes wrong in the background, of which job where it is one; of a database that is away, once until it answers again. */
  readonly onError?: (error: unknown, job?: JobName) => void;
}

/** Tried again after 1, 2, 4, 8, then every 15 minutes or so, for more than a day. */
const queues: Record<JobName, QueueOptions> = {
  'deliver-notice': {
    retryLimit: 150,
    retryBackoff: true,
    retryDelay: 60,
    retryDelayMax: 900,
    expireInSeconds: 180,
    deleteAfterSeconds: 3_600,
  },
  housekeeping: { retryLimit: 0, expireInSeconds: 600, deleteAfterSeconds: 3_600 },
};

/** Creates or updates the tables of the queues, as their owner; several processes at once take turns. */
export async function installJobs(db: Kysely<Database>): Promise<void> {
  const ask = (text: string, values: readonly unknown[] = []) =>
    db.executeQuery(CompiledQuery.raw(text, [...values]));
  const boss = bossOn(ask, { migrate: true, supervise: false });
  boss.on('error', () => {});
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, options);
    await boss.updateQueue(name, options);
  }
  await boss.stop();
}

/**
 * Opens the job queues, which live in the same database as everything else.
 *
 * The queues exist before the start, which learns them: otherwise the first job added inside a transaction
 * would ask for them through the pool, and wait for ever where the pool has a single connection (embedded).
 * Throws when nobody has installed them yet: the role that this is opened as creates no table.
 */
export async function openJobs(pool: pg.Pool, { maintain, onError = () => {} }: JobsOptions): Promise<Jobs> {
  const absence = openAbsence(onError);
  const ask = async (text: string, values?: unknown[]) => {
    const question = absence.ask();
    const result = await pool.query(text, values);
    absence.answered(question);
    return result;
  };
  const boss = bossOn(ask, { migrate: false, supervise: maintain });
  boss.on('error', absence.tell);
  await boss.start();
  const timers: NodeJS.Timeout[] = [];
  return {
    enqueue: async (db, name, jobs) => {
      const added = jobs.map((data) => ({ data }));
      if (added.length > 0) await boss.insert(name, added, { db: fromKysely(db) });
    },
    work: async (name, handler, { batch, workers, everySeconds }) => {
      await boss.work<JobData[typeof name]>(
        name,
        {
          perJobResults: true,
          batchSize: batch,
          burstWhenBatchFull: batch > 1,
          localConcurrency: workers,
          pollingIntervalSeconds: everySeconds,
        },
        (taken) =>
          Promise.all(
            taken.map(({ id, data }) =>
              settle(
                id,
                () => handler(data),
                (error) => onError(error, name),
              ),
            ),
          ),
      );
    },
    schedule: async (name, everyMinutes) => {
      const send = () => boss.send(name, {}, { singletonSeconds: everyMinutes * 60 });
      await send();
      timers.push(setInterval(() => send().catch(absence.tell), everyMinutes * 60_000).unref());
    },
    hasten: async (name, atMost) => {
      await pool.query(
        `update pgboss.job set start_after = now() where name = $1 and state = 'retry' and id in (
          select id from pgboss.job where name = $1 and state = 'retry' and start_after > now()
          order by created_on limit $2)`,
        [name, atMost ?? null],
      );
    },
    stop: async (withinSeconds = 15) => {
      for (const timer of timers) clearInterval(timer);
      await boss.stop({ timeout: withinSeconds * 1000 });
    },
  };
}

/**
 * Those among these notices that a job is about to deliver: one that waits, or that has been at work for less than so
 * many seconds.
 */
export async function deliveriesUnderWay(
  db: Kysely<Database>,
  notices: readonly string[],
  stuckAfterSeconds: number,
): Promise<ReadonlySet<string>> {
  if (notices.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select data->>'id' as id from pgboss.job
    where name = 'deliver-notice' and data->>'id' = any(${notices}::text[])
      and (state in ('created', 'retry')
        or state = 'active' and started_on > now() - make_interval(secs => ${stuckAfterSeconds}))`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

function bossOn(
  executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>,
  role: { migrate: boolean; supervise: boolean },
): PgBoss {
  return new PgBoss({
    ...role,
    schedule: false,
    // Only the owner of an index may build it again.
    reindex: false,
    flowIntervalSeconds: 3_600,
    db: { executeSql },
  });
}

/**
 * Workers look for jobs several times a second: while nothing answers, the first error says it for all of them. The
 * answer to a question asked before that error does not end the absence.
 */
function openAbsence(onError: (error: unknown) => void) {
  let questions = 0;
  let toldAt = -1;
  return {
    ask: () => questions++,
    answered: (question: number) => {
      if (question > toldAt) toldAt = -1;
    },
    tell: (error: unknown) => {
      if (toldAt === -1) onError(asError(error));
      toldAt = questions;
    },
  };
}

/** pg-boss tells of copies, which no log would know as errors. */
function asError(given: unknown): unknown {
  if (given instanceof Error || typeof given !== 'object' || given === null) return given;
  return Object.assign(new Error('A job queue failed'), given);
}

async function settle(
  id: string,
  run: () => Promise<JobOutcome>,
  onError: (error: unknown) => void,
): Promise<JobResult> {
  try {
    return { id, status: (await run()) === 'done' ? 'completed' : 'failed' };
  } catch (error) {
    onError(error);
    return { id, status: 'failed' };
  }
}
