import type { Kysely } from 'kysely';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { isUuid } from '#src/crypto/uuid.ts';
import type { Database } from '#src/database/tables.ts';
import { findWaiting, type Message } from '#src/messages/store.ts';

/** Runs with the message that waits under an id, or says that none does. */
export async function withWaiting(
  terminal: Terminal,
  { db, keyring }: { readonly db: Kysely<Database>; readonly keyring: Keyring },
  id: string,
  run: (message: Message) => Promise<ExitCode>,
): Promise<ExitCode> {
  const message = isUuid(id) ? await findWaiting(db, keyring, id) : null;
  if (message) return run(message);
  terminal.err('compte: no message waits for an answer under this id: compte messages lists them');
  return exitCodes.failed;
}
