import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '#src/database/tables.ts';
import type { Counts, DutySchedule } from '#src/jobs/duty.ts';

/** The last run of a duty that has ended, and when the last successful one ended. */
export interface LastRun {
  readonly outcome: 'done' | 'failed' | 'lost';
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly counts: Counts;
  readonly doneAt: Date | null;
}

export interface DutyState {
  readonly name: string;
  /** `overdue`: not begun for three periods, or never; `failed`: the last run failed or was lost. */
  readonly state: 'ok' | 'failed' | 'overdue';
  readonly last: LastRun | null;
  readonly nextAt: Date | null;
}

const latePeriods = 3;

const row = z.object({
  name: z.string(),
  outcome: z.enum(['done', 'failed', 'lost']),
  started_at: z.date(),
  finished_at: z.date(),
  counts: z.record(z.string(), z.number()),
  done_at: z.date().nullable(),
});

/** The last run of each duty that has ended, by name. Reads a few rows for each name, however many runs there are. */
export async function lastRuns(db: Kysely<Database>): Promise<ReadonlyMap<string, LastRun>> {
  const { rows } = await sql`
    with recursive duty as (
      select min(name) as name from job_run
      union all
      select (select min(name) from job_run where job_run.name > duty.name) from duty where duty.name is not null
    )
    select duty.name, last.*, done.done_at
    from duty
    cross join lateral (
      select outcome, started_at, finished_at, counts from job_run
      where job_run.name = duty.name and outcome <> 'under-way' order by started_at desc limit 1
    ) as last
    left join lateral (
      select finished_at as done_at from job_run
      where job_run.name = duty.name and outcome = 'done' order by started_at desc limit 1
    ) as done on true`.execute(db);
  return new Map(
    rows.map((raw) => {
      const { name, outcome, started_at, finished_at, counts, done_at } = row.parse(raw);
      return [name, { outcome, startedAt: started_at, finishedAt: finished_at, counts, doneAt: done_at }];
    }),
  );
}

/** The state of each duty at `now`, in the order of `duties`. */
export function dutyStates(
  duties: readonly DutySchedule[],
  runs: ReadonlyMap<string, LastRun>,
  now: Date,
): DutyState[] {
  return duties.map(({ name, everyMinutes }) => {
    const last = runs.get(name) ?? null;
    const periodMs = everyMinutes * 60_000;
    const nextAt = last && new Date(last.startedAt.getTime() + periodMs);
    if (!last || now.getTime() - last.startedAt.getTime() > latePeriods * periodMs)
      return { name, state: 'overdue', last, nextAt };
    return { name, state: last.outcome === 'done' ? 'ok' : 'failed', last, nextAt };
  });
}

/** Seconds since each duty last succeeded, at `now`; without those that never did. */
export function successAges(
  duties: readonly Pick<DutySchedule, 'name'>[],
  runs: ReadonlyMap<string, LastRun>,
  now: Date,
): ReadonlyMap<string, number> {
  return new Map(
    duties.flatMap(({ name }) => {
      const doneAt = runs.get(name)?.doneAt;
      return doneAt ? [[name, Math.max(0, (now.getTime() - doneAt.getTime()) / 1000)]] : [];
    }),
  );
}

const keptDays = 30;
const dayMs = 86_400_000;

/** Deletes runs after 30 days; after one day those of the duty `frequent`, which runs every minute. Answers how many. */
export async function deleteOldRuns(db: Kysely<Database>, now: Date, frequent: string): Promise<number> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
  const { numDeletedRows } = await db
    .deleteFrom('job_run')
    .where((eb) =>
      eb.or([
        eb('started_at', '<', daysAgo(keptDays)),
        eb.and([eb('name', '=', frequent), eb('started_at', '<', daysAgo(1))]),
      ]),
    )
    .where('outcome', '<>', 'under-way')
    .executeTakeFirst();
  return Number(numDeletedRows);
}
