import { type Compilable, CompiledQuery, type Kysely, sql } from 'kysely';
import { type JobResult, PgBoss, type QueueOptions } from 'pg-boss';
import type { Database } from '#src/database/tables.ts';

/** The data of each kind of job: ids only, never personal data. */
export interface JobData {
  /** `personKey` in hexadecimal. */
  'deliver-notice': { readonly personKey: string; readonly id: string };
  housekeeping: Record<string, never>;
}
export type JobName = keyof JobData;

/** `again`: not done, the job is retried after the next delay of its queue. */
export type JobOutcome = 'done' | 'again';

interface WorkOptions {
  /** Jobs fetched together; all of them end before the same worker fetches more. */
  readonly batch: number;
  /** Workers of this process that fetch batches independently. */
  readonly workers: number;
  /**
   * How long a worker waits before it polls again when it found no full batch, at least 0.5. The first worker looks at
   * once for what this process adds.
   */
  readonly everySeconds: number;
}

export interface Jobs {
  /** One INSERT for all of them, to be run with the change that causes them: the jobs exist exactly when it does. */
  adding<Name extends JobName>(name: Name, jobs: readonly JobData[Name][]): Promise<Compilable>;
  /** Starts to work on jobs. A handler that throws counts as `again`, and is reported to `onError`. */
  work<Name extends JobName>(
    name: Name,
    handler: (data: JobData[Name]) => Promise<JobOutcome>,
    options: WorkOptions,
  ): Promise<void>;
  /** A job now and then every `everyMinutes`, one for all processes of the installation together. */
  schedule(name: 'housekeeping', everyMinutes: number): Promise<void>;
  /**
   * Makes jobs of a queue that wait for their next try due now: all of them, or `atMost`, those that were tried least, the
   * oldest first. One that never succeeds must not be the one that is always tried.
   */
  hasten(name: JobName, atMost?: number): Promise<void>;
  /** Fetches no more jobs and waits for those in progress, `withinSeconds` at most. */
  stop(withinSeconds?: number): Promise<void>;
}

export interface JobsOptions {
  /** Whether this process maintains the queues; others only add jobs. */
  readonly maintain: boolean;
  /**
   * Called with each error in the background, and its job when it has one; for an unreachable database once, until it
   * answers again.
   */
  readonly onError?: (error: unknown, job?: JobName) => void;
}

/** Retries after 1, 2, 4, 8, then about every 15 minutes, for more than a day. */
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

/** Creates or updates the tables of the queues, as their owner; concurrent processes take turns. */
export async function installJobs(db: Kysely<Database>): Promise<void> {
  const query = (text: string, values?: unknown[]) => db.executeQuery(CompiledQuery.raw(text, values));
  const boss = bossOn(query, { migrate: true, supervise: false });
  boss.on('error', () => {});
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, options);
    await boss.updateQueue(name, options);
  }
  // Whether a notice has a job is asked of thousands at a time, however many jobs there are. That the key is there is said so
  // that pg-boss cannot use the index: it would read all of it to settle ten jobs, where the planner believes that none wait.
  await query(`create index if not exists job_of_notice on pgboss.job (singleton_key)
    where name = 'deliver-notice' and state < 'completed' and singleton_key is not null`);
  await boss.stop();
}

/**
 * Opens the job queues, which are in the same database as everything else.
 *
 * The queues must exist already and are read at the start: otherwise the first job added inside a transaction would
 * query them on another connection, and wait for ever where the pool has a single connection (embedded). Throws when they
 * are not installed: the role that opens them cannot create tables.
 */
export async function openJobs(
  db: Kysely<Database>,
  { maintain, onError = () => {} }: JobsOptions,
): Promise<Jobs> {
  const outage = openOutage(onError);
  const query = async (text: string, values?: unknown[]) => {
    const number = outage.numberQuery();
    const result = await db.executeQuery(CompiledQuery.raw(text, values));
    outage.noteSuccess(number);
    return result;
  };
  const boss = bossOn(query, { migrate: false, supervise: maintain });
  boss.on('error', outage.report);
  await boss.start();
  const timers: NodeJS.Timeout[] = [];
  const lookouts = new Map<JobName, Lookout>();
  return {
    adding: async (name, jobs) => {
      const written = Promise.withResolvers<CompiledQuery>();
      // pg-boss writes the statement, and believes that it ran.
      const executeSql = async (text: string, values: unknown[] = []) => {
        written.resolve(CompiledQuery.raw(text, values));
        return { rows: [] };
      };
      // In a column of its own, about which the planner knows more than about the data. It does not make the job unique.
      const added = jobs.map((data) => ({ data, ...('id' in data ? { singletonKey: data.id } : {}) }));
      await boss.insert(name, added, { db: { executeSql } });
      const query = await written.promise;
      lookouts.get(name)?.expect();
      return { compile: () => query };
    },
    work: async (name, handler, { batch, workers, everySeconds }) => {
      const id = await boss.work<JobData[typeof name]>(
        name,
        {
          perJobResults: true,
          batchSize: batch,
          burstWhenBatchFull: batch > 1,
          localConcurrency: workers,
          pollingIntervalSeconds: everySeconds,
        },
        (fetched) =>
          Promise.all(
            fetched.map(({ id, data }) =>
              settle(
                id,
                () => handler(data),
                (error) => onError(error, name),
              ),
            ),
          ),
      );
      lookouts.set(
        name,
        openLookout(() => boss.notifyWorker(id)),
      );
    },
    schedule: async (name, everyMinutes) => {
      const send = () => boss.send(name, {}, { singletonSeconds: everyMinutes * 60 });
      await send();
      timers.push(setInterval(() => send().catch(outage.report), everyMinutes * 60_000).unref());
    },
    hasten: async (name, atMost) => {
      await sql`update pgboss.job set start_after = now() where name = ${name} and state = 'retry' and id in (
        select id from pgboss.job where name = ${name} and state = 'retry' and start_after > now()
        order by retry_count, created_on limit ${atMost ?? null})`.execute(db);
      lookouts.get(name)?.expect();
    },
    stop: async (withinSeconds = 15) => {
      for (const timer of timers) clearInterval(timer);
      for (const lookout of lookouts.values()) lookout.close();
      await boss.stop({ timeout: withinSeconds * 1000 });
    },
  };
}

interface Lookout {
  /** A job of this process is about to be there, once its transaction has ended. */
  expect(): void;
  close(): void;
}

/** Most transactions have ended after the first; the others after both. */
const lookAfterMs = [25, 250] as const;

/** Calls `look` soon after jobs were expected, at most forty times a second. */
function openLookout(look: () => void): Lookout {
  const waiting = new Map<number, NodeJS.Timeout>();
  const again = new Set<number>();
  const lookAfter = (ms: number): void => {
    if (waiting.has(ms)) return void again.add(ms);
    const lookNow = (): void => {
      waiting.delete(ms);
      look();
      // Expected while it waited: that one may not have been there yet.
      if (again.delete(ms)) lookAfter(ms);
    };
    waiting.set(ms, setTimeout(lookNow, ms).unref());
  };
  return {
    expect: () => lookAfterMs.forEach(lookAfter),
    close: () => {
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}

/**
 * Those among these notices that have a job to deliver them: one that waits, or that has run for less than
 * `stuckAfterSeconds`.
 */
export async function deliveriesUnderWay(
  db: Kysely<Database>,
  notices: readonly string[],
  stuckAfterSeconds: number,
): Promise<ReadonlySet<string>> {
  if (notices.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select singleton_key as id from pgboss.job
    where name = 'deliver-notice' and state < 'completed' and singleton_key = any(${notices}::text[])
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
    // Only the owner of an index may rebuild it.
    reindex: false,
    flowIntervalSeconds: 3_600,
    db: { executeSql },
  });
}

/**
 * Workers poll several times a second: of an outage, only the first error is reported. A query that was sent before the
 * last error does not end the outage when it succeeds.
 */
function openOutage(onError: (error: unknown) => void) {
  let queries = 0;
  let failedAt = -1;
  return {
    numberQuery: () => queries++,
    noteSuccess: (query: number) => {
      if (query > failedAt) failedAt = -1;
    },
    report: (error: unknown) => {
      if (failedAt === -1) onError(asError(error));
      failedAt = queries;
    },
  };
}

/** pg-boss emits copies of errors, which the log would not recognise as errors. */
function asError(emitted: unknown): unknown {
  if (emitted instanceof Error || typeof emitted !== 'object' || emitted === null) return emitted;
  return Object.assign(new Error('A job queue failed'), emitted);
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
