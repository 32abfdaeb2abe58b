import { messageTaken } from '#src/account/messages/events.ts';
import { recording } from '#src/audit/record.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { withWaiting } from '#src/cli/messages/find.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import { settlingThread } from '#src/messages/store.ts';
import { systemClock } from '#src/time/clock.ts';

/** The person reads «Pris en charge» from then on. */
export function takeMessage(terminal: Terminal, id: string): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    return withWaiting(terminal, { db, keyring }, id, async ({ personKey: person, threadId }) => {
      const event = { person, actor: { kind: 'system' }, at: systemClock.now(), details: { id } } as const;
      const taken = await atOnce(db, [
        required(settlingThread(db, person, threadId, 'taken')),
        recording(db, messageTaken, event),
      ]);
      terminal.out(taken ? 'taken' : 'somebody takes care of it already');
      return exitCodes.done;
    });
  });
}
