import { type FileHandle, open, rm } from 'node:fs/promises';
import { type AnchoredHead, readHeads, writeAnchor } from '#src/audit/anchor.ts';
import { readTotal } from '#src/audit/verify-seals.ts';
import { fileCode } from '#src/cli/error-text.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { UnusableFile } from '#src/files/open-file.ts';
import { systemClock } from '#src/time/clock.ts';

/** Writes an anchor into a new file, whole or not at all, and prints what a timestamp is asked for. */
export function anchor(terminal: Terminal, path: string, since: Date | null): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    const total = await readTotal(db, keyring);
    if (typeof total === 'string') {
      terminal.err(`compte: the whole trail: ${total}: run compte audit verify`);
      return exitCodes.failed;
    }
    let chains = 0;
    const heads = async function* (): AsyncGenerator<AnchoredHead> {
      for await (const head of readHeads(db, since)) {
        chains += 1;
        yield head;
      }
    };
    const file = await openNew(path);
    let last = '';
    try {
      for await (const line of writeAnchor(keyring, { at: systemClock.now(), seal: total.number }, heads())) {
        await file.write(`${line}\n`);
        last = line;
      }
      await file.sync();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    const [, sha256 = ''] = /"sha256":"([\da-f]+)"/.exec(last) ?? [];
    terminal.out(`anchor of seal ${total.number}: ${chains} chains`);
    terminal.out(`SHA-256 ${sha256}`);
    return exitCodes.done;
  });
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    const code = fileCode(error);
    throw new UnusableFile(
      code === 'EEXIST'
        ? '--out: there is a file of that name, and an anchor replaces none: name another'
        : `--out: the file cannot be written (${code}): name one where this user may write`,
    );
  }
}
