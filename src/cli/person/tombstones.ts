import { open, rename, rm } from 'node:fs/promises';
import { fileCode } from '#src/cli/error-text.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { type Keyring, openKeyring } from '#src/crypto/keyring.ts';
import { linesOf } from '#src/files/lines.ts';
import { openFile, UnusableFile } from '#src/files/open-file.ts';
import { type Replay, replayErasure } from '#src/person/erase-person.ts';
import { systemClock } from '#src/time/clock.ts';
import { mostLineBytes, type NumberedLine, readTombstones, writeTombstones } from '#src/tombstones/file.ts';
import { allTombstones, type Tombstone } from '#src/tombstones/tombstone.ts';

/** Writes all tombstones into a file, which is replaced as a whole or not at all. */
export function writeTombstoneFile(terminal: Terminal, path: string): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    const lines = writeTombstones(keyring, allTombstones(db), systemClock.now());
    if (path === '-') {
      for await (const line of lines) terminal.out(line);
      return exitCodes.done;
    }
    let count = -2;
    const partial = `${path}.new`;
    const file = await open(partial, 'w', 0o600).catch(refuseOut);
    try {
      try {
        for await (const line of lines) {
          await file.write(`${line}\n`);
          count += 1;
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
    terminal.out(`${count} tombstones`);
    return exitCodes.done;
  });
}

/**
 * Erases the people of a file again, each in a transaction of its own; may be stopped and repeated. Nothing is erased unless
 * the whole file is what was written.
 */
export function replayErasures(terminal: Terminal, path: string, isRehearsal: boolean): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    if (path === '-')
      throw new UnusableFile('the file is read twice, once to see that it is whole: save it first');
    for await (const _ of tombstonesIn(terminal, keyring, path));
    const counts: Record<Replay, number> = { erased: 0, nothing: 0, known: 0, newer: 0 };
    for await (const tombstone of tombstonesIn(terminal, keyring, path)) {
      const replayed = await replayErasure({ db }, tombstone, isRehearsal, systemClock.now());
      counts[replayed] += 1;
      if (replayed === 'newer')
        terminal.err(
          `person ${tombstone.personKey.toString('hex', 0, 4)}: erased on ${tombstone.erasedAt.toISOString()}, and has opened an account since: nothing was erased`,
        );
    }
    const verb = isRehearsal ? 'would be erased again' : 'erased again';
    terminal.out(
      `${verb} ${counts.erased}, had nothing left ${counts.nothing}, known to this database ${counts.known}, opened an account since ${counts.newer}`,
    );
    if (isRehearsal) terminal.out('dry run: nothing was written');
    return counts.newer > 0 ? exitCodes.rejects : exitCodes.done;
  });
}

async function* tombstonesIn({ input }: Terminal, keyring: Keyring, path: string): AsyncGenerator<Tombstone> {
  const file = await openFile(path, input);
  try {
    yield* readTombstones(keyring, readable(file.bytes));
  } finally {
    await file.close();
  }
}

async function* readable(bytes: AsyncIterable<Buffer>): AsyncGenerator<NumberedLine> {
  for await (const line of linesOf(bytes, mostLineBytes)) {
    if ('problem' in line)
      throw new UnusableFile(`line ${line.number}: this is no tombstone (${line.problem})`);
    yield line;
  }
}

function refuseOut(error: unknown): never {
  const code = fileCode(error);
  throw new UnusableFile(`--out: the file cannot be written (${code}): name one where this user may write`);
}
