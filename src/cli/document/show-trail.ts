import type { Kysely } from 'kysely';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import type { Secrets } from '#src/config/config.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { trailOf } from '#src/paper/trail.ts';

/** Prints what happened to a document. Fails when there is none of that id. */
export async function showTrail(
  terminal: Pick<Terminal, 'out' | 'err'>,
  db: Kysely<Database>,
  secrets: Pick<Secrets, 'masterKeys'>,
  id: string,
): Promise<ExitCode> {
  const lines = await trailOf({ db, keyring: openKeyring(secrets.masterKeys.reveal()) }, id);
  if (!lines) {
    terminal.err(`compte: there is no document ${id}: it was deleted, or never stored`);
    return exitCodes.failed;
  }
  for (const { at, text, event } of lines)
    terminal.out(`${at.toISOString()}  ${text}${event === null ? '' : `  [event ${event}]`}`);
  return exitCodes.done;
}
