import { exportEvents } from '#src/audit/export-events.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { systemClock } from '#src/time/clock.ts';

/** Prints the events from one instant to another, one line of JSON each; null: until now. */
export function exportTrail(terminal: Terminal, from: Date, end: Date | null): Promise<ExitCode> {
  const until = end ?? systemClock.now();
  if (until <= from) {
    terminal.err('compte: --until is before --from');
    return Promise.resolve(exitCodes.usage);
  }
  return withMigratedDatabase(terminal, async ({ db }) => {
    let count = 0;
    for await (const event of exportEvents(db, from, until)) {
      await terminal.outAll([JSON.stringify(event)]);
      count += 1;
    }
    terminal.err(`${count} events`);
    return exitCodes.done;
  });
}
