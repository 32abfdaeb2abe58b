import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { countWaiting, withholdRestored } from '#src/notices/withhold.ts';
import { systemClock } from '#src/time/clock.ts';

export function withholdWaitingNotices(terminal: Terminal, isRehearsal: boolean): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }) => {
    if (isRehearsal) {
      terminal.out(`would withhold ${await countWaiting(db)}`);
      terminal.out('dry run: nothing was written');
    } else terminal.out(`withheld ${await withholdRestored(db, systemClock.now())}`);
    return exitCodes.done;
  });
}
