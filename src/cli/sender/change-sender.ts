import type { Compilable, Kysely } from 'kysely';
import { recording, systemChain } from '#src/audit/record.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { senderChanged } from '#src/depot/events.ts';
import { openFile, UnusableFile, wholeText } from '#src/files/open-file.ts';
import { jwkOfPem, type PublicKeys, readPublicKeys } from '#src/senders/public-keys.ts';
import {
  addingSender,
  disablingSender,
  listSenders,
  replacingKeys,
  replacingScopes,
  type SenderScope,
} from '#src/senders/sender.ts';
import { parseJson } from '#src/texts/json.ts';
import { systemClock } from '#src/time/clock.ts';

export interface NewSender {
  readonly name: string;
  readonly scopes: readonly SenderScope[];
  readonly keys: string;
}

export type SenderChange =
  | { readonly change: 'keys'; readonly file: string }
  | { readonly change: 'scopes'; readonly scopes: readonly SenderScope[] }
  | { readonly change: 'enable' | 'disable' };

export async function addSender(terminal: Terminal, code: string, sender: NewSender): Promise<ExitCode> {
  const keys = await readKeysFile(terminal, sender.keys);
  return withMigratedDatabase(terminal, async ({ db }) => {
    const { name, scopes } = sender;
    const now = systemClock.now();
    const added = await changed(db, addingSender(db, { code, name, scopes, keys }, now), code, 'add', now);
    if (!added) {
      terminal.err(`compte: there is a sender ${code} already`);
      return exitCodes.failed;
    }
    terminal.out(`${code} may deposit: ${scopes.join(', ')}`);
    return exitCodes.done;
  });
}

export async function changeSender(
  terminal: Terminal,
  code: string,
  change: SenderChange,
): Promise<ExitCode> {
  const keys = change.change === 'keys' ? await readKeysFile(terminal, change.file) : null;
  return withMigratedDatabase(terminal, async ({ db }) => {
    const now = systemClock.now();
    const write = keys ? replacingKeys(db, code, keys) : writeOf(db, code, change, now);
    if (!(await changed(db, write, code, change.change, now))) {
      terminal.err(`compte: there is no sender ${code} that this would change: see compte sender list`);
      return exitCodes.failed;
    }
    terminal.out(`${code}: done`);
    return exitCodes.done;
  });
}

function writeOf(db: Kysely<Database>, code: string, change: SenderChange, now: Date): Compilable {
  if (change.change === 'scopes') return replacingScopes(db, code, change.scopes);
  return disablingSender(db, code, change.change === 'disable' ? now : null);
}

export async function showSenders(terminal: Terminal): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }) => {
    for (const { code, name, scopes, keys, disabledAt } of await listSenders(db)) {
      const state = disabledAt ? `disabled since ${disabledAt.toISOString()}` : 'enabled';
      const names = keys.keys.map(({ kid, kty }) => kid ?? kty);
      terminal.out(`${code}\t${state}\t${scopes.join(',')}\t${names.join(',')}\t${name}`);
    }
    return exitCodes.done;
  });
}

/** Runs the write together with its event; false when it changes nothing. */
async function changed(
  db: Kysely<Database>,
  write: Compilable,
  sender: string,
  change: SenderChange['change'] | 'add',
  now: Date,
): Promise<boolean> {
  const details = { sender, change };
  const event = { person: systemChain, actor: { kind: 'system' }, at: now, details } as const;
  return atOnce(db, [required(write), recording(db, senderChanged, event)]);
}

const mostBytes = 100_000;

async function readKeysFile({ input }: Terminal, path: string): Promise<PublicKeys> {
  const file = await openFile(path, input, ['json-text', 'json-array', 'encrypted']);
  try {
    const text = await wholeText(file, mostBytes);
    const reading = readPublicKeys(jwkOfPem(text) ?? parseJson(text));
    if (reading.ok) return reading.keys;
    throw new UnusableFile(
      reading.reason === 'private' || text.includes('PRIVATE KEY-----')
        ? 'the file holds a private key: give the public ones, and replace that key, which has left its machine'
        : 'the file is neither a public key in PEM nor a JWKS of ES256, RS256 (2048 bits or more) or Ed25519 keys, each with a kid of its own',
    );
  } finally {
    await file.close();
  }
}
