import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import type { Config } from '#src/config/config.ts';
import type { Database } from '#src/database/tables.ts';
import { duties } from '#src/housekeeping/housekeeping.ts';
import { type DutyState, dutyStates, lastRuns } from '#src/jobs/runs.ts';
import { type Clock, systemClock } from '#src/time/clock.ts';

/** One line for each duty; failed when one is overdue or did not end well. */
export async function showJobs(
  terminal: Pick<Terminal, 'out'>,
  db: Kysely<Database>,
  config: Pick<Config, 'mode' | 'dataDir'>,
): Promise<ExitCode> {
  const clock = await clockOf(config);
  const states = dutyStates(duties, await lastRuns(db), clock.now());
  const lines = [['JOB', 'STATE', 'LAST RUN', 'TOOK', 'DID', 'NEXT'], ...states.map(lineOf)];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  for (const line of lines)
    terminal.out(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  return states.every(({ state }) => state === 'ok') ? exitCodes.done : exitCodes.failed;
}

/** Runs are recorded by the clock of the service, which the demo can move. */
async function clockOf({ mode, dataDir }: Pick<Config, 'mode' | 'dataDir'>): Promise<Clock> {
  if (mode !== 'demo') return systemClock;
  const { openDemoClock } = await import('#src/demo/clock/clock.ts');
  return openDemoClock(join(dataDir, 'horloge.json'), systemClock);
}

function lineOf({ name, state, last, nextAt }: DutyState): string[] {
  const shown = state === 'ok' ? 'ok' : state.toUpperCase();
  if (!last) return [name, shown, 'never', '', '', ''];
  const seconds = (last.finishedAt.getTime() - last.startedAt.getTime()) / 1000;
  const did = Object.entries(last.counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
  return [
    name,
    shown,
    instant(last.startedAt),
    `${seconds.toFixed(1)} s`,
    did || last.outcome,
    instant(nextAt),
  ];
}

function instant(date: Date | null): string {
  return date === null ? '' : `${date.toISOString().slice(0, 19)}Z`;
}
