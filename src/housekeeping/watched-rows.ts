import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { readRowCounts } from '#src/housekeeping/row-counts.ts';
import type { DutySchedule } from '#src/jobs/duty.ts';
import { dutyStates, type LastRun, lastRuns, successAges } from '#src/jobs/runs.ts';
import type { DutyReadings } from '#src/operations/gauges.ts';
import type { RowCounts } from '#src/operations/row-counts.ts';
import type { Clock } from '#src/time/clock.ts';

/**
 * What a worker knows of rows and duties since it last looked: what its scrapes show. It gets older while the database
 * is away, and says so.
 */
export interface WatchedRows {
  /** One row of counts, and the last runs of the duties. */
  look(): Promise<void>;
  rows(): RowCounts | null;
  duties(): DutyReadings;
}

export function openWatchedRows(
  db: Kysely<Database>,
  clock: Clock,
  duties: readonly DutySchedule[],
): WatchedRows {
  let rows: RowCounts | null = null;
  let runs: ReadonlyMap<string, LastRun> | null = null;
  return {
    async look() {
      rows = (await readRowCounts(db)) ?? rows;
      runs = await lastRuns(db);
    },
    rows: () => rows,
    duties() {
      const now = clock.now();
      const states = runs === null ? [] : dutyStates(duties, runs, now);
      return {
        ages: successAges(duties, runs ?? new Map(), now),
        healthy: new Map(states.map(({ name, state }) => [name, state === 'ok'])),
      };
    },
  };
}
