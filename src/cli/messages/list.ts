import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { listWaiting } from '#src/messages/store.ts';
import { systemClock } from '#src/time/clock.ts';

const mostListed = 200;

/** The messages that wait, the longest waiting first. Neither names nor subjects: `show` gives them, one by one. */
export function listMessages(terminal: Terminal, sender: string | undefined): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }) => {
    const now = systemClock.now();
    const { count, waiting } = await listWaiting(db, { sender, atMost: mostListed });
    if (count === 0) terminal.out('no message waits for an answer');
    for (const { id, sender: to, state, at, answerBy } of waiting) {
      const until = answerBy ? answerBy.toISOString().slice(0, 10) : 'none';
      const late = answerBy !== null && answerBy < now ? ' LATE' : '';
      terminal.out(
        `${id}  ${to.padEnd(16)} ${state.padEnd(7)} ${at.toISOString().slice(0, 16)}  until ${until}${late}`,
      );
    }
    if (count > waiting.length) terminal.out(`… and ${count - waiting.length} more: answer the oldest first`);
    return exitCodes.done;
  });
}
