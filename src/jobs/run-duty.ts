import { type Kysely, sql } from 'kysely';
import type { Random } from '#src/crypto/random.ts';
import type { Database } from '#src/database/tables.ts';
import type { Duty, DutySchedule } from '#src/jobs/duty.ts';
import type { Clock } from '#src/time/clock.ts';

const seenEveryMs = 30_000;
/** A run that was not seen for so long belonged to a process that was killed. */
const lostAfter = sql.raw(`interval '2 minutes'`);
/** Nodes that look at the same time, a little early or late, still keep the rhythm: this share of it, a minute at most. */
const slackShare = 0.5;
const mostSlackMs = 60_000;

/** What recording a run takes. */
export interface DutyContext {
  readonly db: Kysely<Database>;
  readonly random: Pick<Random, 'uuid'>;
  readonly clock: Clock;
}

export type Ran =
  | { readonly kind: 'done' }
  /** Another node is at it, or it was done less than a period ago. */
  | { readonly kind: 'left' }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Does one duty and records the run with its outcome and counts, unless another node is doing it.
 *
 * `onlyDue`: nor when it was begun within its period, whatever came of it. Never throws for the duty's own failure;
 * throws when the run cannot be recorded.
 */
export async function runDuty<Context extends DutyContext>(
  context: Context,
  duty: Duty<Context>,
  { onlyDue }: { onlyDue: boolean },
): Promise<Ran> {
  const { db, random, clock } = context;
  const id = random.uuid();
  const startedAt = clock.now();
  if (!(await begin(db, duty, id, startedAt, onlyDue))) return { kind: 'left' };
  const seen = setInterval(() => tellAlive(db, duty.name, id).catch(() => {}), seenEveryMs).unref();
  try {
    const counts = await duty.run(context, startedAt);
    await end(db, duty.name, id, { outcome: 'done', counts: JSON.stringify(counts) }, clock.now());
    return { kind: 'done' };
  } catch (error) {
    await end(db, duty.name, id, { outcome: 'failed' }, clock.now());
    return { kind: 'failed', error };
  } finally {
    clearInterval(seen);
  }
}

/** Takes the duty; false when somebody else has it. The unique index lets one run of a name be under way. */
async function begin(
  db: Kysely<Database>,
  { name, everyMinutes }: DutySchedule,
  id: string,
  at: Date,
  onlyDue: boolean,
): Promise<boolean> {
  await sql`
    update job_run set outcome = 'lost', finished_at = ${at}
    where name = ${name} and outcome = 'under-way' and seen_at < clock_timestamp() - ${lostAfter}`.execute(
    db,
  );
  const periodMs = everyMinutes * 60_000;
  const since = new Date(at.getTime() - periodMs + Math.min(mostSlackMs, periodMs * slackShare));
  const { rows } = await sql`
    insert into job_run (name, id, started_at, outcome)
    select ${name}::text, ${id}::uuid, ${at}::timestamptz, 'under-way'
    where not (${onlyDue}::boolean and exists (
      select from job_run
      where name = ${name} and outcome in ('done', 'failed') and started_at > ${since} and started_at <= ${at}))
    on conflict do nothing
    returning id`.execute(db);
  return rows.length > 0;
}

async function tellAlive(db: Kysely<Database>, name: string, id: string): Promise<void> {
  await sql`update job_run set seen_at = clock_timestamp() where name = ${name} and id = ${id}`.execute(db);
}

async function end(
  db: Kysely<Database>,
  name: string,
  id: string,
  outcome: { outcome: 'done' | 'failed'; counts?: string },
  at: Date,
): Promise<void> {
  await db
    .updateTable('job_run')
    .set({ ...outcome, finished_at: at })
    .where('name', '=', name)
    .where('id', '=', id)
    .execute();
}
