import { type Kysely, sql } from 'kysely';
import type { Random } from '#src/crypto/random.ts';
import type { Database } from '#src/database/tables.ts';
import type { Duty, DutySchedule } from '#src/jobs/duty.ts';
import type { Clock } from '#src/time/clock.ts';

const heartbeatMs = 30_000;
/** A run without a heartbeat for this long belonged to a process that was killed. */
const lostAfter = sql.raw(`interval '2 minutes'`);
/** A duty may run this share of its period early, a minute at most: the timers of nodes are not exact. */
const slackShare = 0.5;
const mostSlackMs = 60_000;

/** What it takes to record a run. */
export interface DutyContext {
  readonly db: Kysely<Database>;
  readonly random: Pick<Random, 'uuid'>;
  readonly clock: Clock;
}

export type DutyOutcome =
  | { readonly kind: 'done' }
  /** Another node is running it, or it began less than a period ago. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Runs one duty and records the run with its outcome and counts, unless another node is running it.
 *
 * `onlyDue`: also skips a duty that began within its period, whatever its outcome. Never throws for a failure of the
 * duty; throws when the run cannot be recorded.
 */
export async function runDuty<Context extends DutyContext>(
  context: Context,
  duty: Duty<Context>,
  { onlyDue }: { onlyDue: boolean },
): Promise<DutyOutcome> {
  const { db, random, clock } = context;
  const id = random.uuid();
  const startedAt = clock.now();
  if (!(await begin(db, duty, id, startedAt, onlyDue))) return { kind: 'skipped' };
  const heartbeat = setInterval(() => beat(db, duty.name, id).catch(() => {}), heartbeatMs).unref();
  try {
    const counts = await duty.run(context, startedAt);
    await end(db, duty.name, id, { outcome: 'done', counts: JSON.stringify(counts) }, clock.now());
    return { kind: 'done' };
  } catch (error) {
    await end(db, duty.name, id, { outcome: 'failed' }, clock.now());
    return { kind: 'failed', error };
  } finally {
    clearInterval(heartbeat);
  }
}

/** Begins a run; false when another is in progress. The unique index allows one run of a name in progress. */
async function begin(
  db: Kysely<Database>,
  { name, everyMinutes }: DutySchedule,
  id: string,
  now: Date,
  onlyDue: boolean,
): Promise<boolean> {
  await sql`
    update job_run set outcome = 'lost', finished_at = ${now}
    where name = ${name} and outcome = 'under-way' and seen_at < clock_timestamp() - ${lostAfter}`.execute(
    db,
  );
  const periodMs = everyMinutes * 60_000;
  const since = new Date(now.getTime() - periodMs + Math.min(mostSlackMs, periodMs * slackShare));
  const { rows } = await sql`
    insert into job_run (name, id, started_at, outcome)
    select ${name}::text, ${id}::uuid, ${now}::timestamptz, 'under-way'
    where not (${onlyDue}::boolean and exists (
      select from job_run
      where name = ${name} and outcome in ('done', 'failed') and started_at > ${since} and started_at <= ${now}))
    on conflict do nothing
    returning id`.execute(db);
  return rows.length > 0;
}

async function beat(db: Kysely<Database>, name: string, id: string): Promise<void> {
  await sql`update job_run set seen_at = clock_timestamp() where name = ${name} and id = ${id}`.execute(db);
}

async function end(
  db: Kysely<Database>,
  name: string,
  id: string,
  result: { outcome: 'done' | 'failed'; counts?: string },
  now: Date,
): Promise<void> {
  await db
    .updateTable('job_run')
    .set({ ...result, finished_at: now })
    .where('name', '=', name)
    .where('id', '=', id)
    .execute();
}
