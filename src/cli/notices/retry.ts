import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { isUuid } from '#src/crypto/uuid.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { retryDeadLetters } from '#src/notices/dead-letters.ts';
import { systemClock } from '#src/time/clock.ts';

export async function retryNotices(
  terminal: Terminal,
  id: string | null,
  allDead: boolean,
): Promise<ExitCode> {
  if ((id === null) !== allDead || (id !== null && !isUuid(id.toLowerCase()))) {
    terminal.err('compte: give the id of one notice, or --all-dead');
    return exitCodes.usage;
  }
  return withMigratedDatabase(terminal, async ({ db }) => {
    const jobs = await openJobs(db, { maintain: false });
    try {
      const count = await retryDeadLetters(db, jobs, id ?? 'all', systemClock.now());
      terminal.out(`${count} queued again`);
      return id !== null && count === 0 ? exitCodes.failed : exitCodes.done;
    } finally {
      await jobs.stop(1);
    }
  });
}
