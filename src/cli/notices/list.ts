import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { countByKind } from '#src/notices/counts.ts';
import { listDeadLetters } from '#src/notices/dead-letters.ts';
import { systemClock } from '#src/time/clock.ts';

const mostListed = 200;

/** Counts by state, channel and kind, then the dead letters one by one, without personal data. */
export function listNotices(terminal: Terminal): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }) => {
    const now = systemClock.now();
    const counts = await countByKind(db);
    if (counts.length === 0) terminal.out('no notices');
    for (const { state, channel, kind, count, oldestAt } of counts)
      terminal.out(
        `${state.padEnd(11)} ${channel.padEnd(6)} ${kind.padEnd(24)} ${String(count).padStart(7)}  oldest ${age(oldestAt, now)}`,
      );
    const dead = await listDeadLetters(db, mostListed + 1);
    if (dead.length > 0) terminal.out('dead letters:');
    for (const { id, channel, kind, reason, createdAt, canRetry } of dead.slice(0, mostListed))
      terminal.out(
        `  ${id} ${channel} ${kind} ${reason} ${age(createdAt, now)}${canRetry ? '' : ' (content erased)'}`,
      );
    if (dead.length > mostListed) terminal.out('  … and more');
    return exitCodes.done;
  });
}

function age(since: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} d`;
}
