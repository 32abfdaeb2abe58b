import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { openProgress } from '#src/cli/progress.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { systemClock } from '#src/clock.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/random.ts';
import { type ImportSummary, importRegister } from '#src/register/import.ts';

/** Streams the file into the register; line numbers and codes of what is set aside, never what it holds. */
export async function importRegisterFile(
  terminal: Terminal,
  file: string,
  dryRun: boolean,
): Promise<ExitCode> {
  const size = file === '-' ? null : statSync(file).size;
  return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    const source = file === '-' ? process.stdin : createReadStream(file);
    const share = () => (size && 'bytesRead' in source ? source.bytesRead / size : null);
    const progress = openProgress(terminal);
    try {
      const summary = await importRegister(db, keyring, linesOf(source), {
        dryRun,
        now: systemClock.now(),
        uuid: systemRandom.uuid(),
        onProgress: (read) => progress.at(share(), `${read} lines`),
      });
      progress.end();
      tell(terminal, summary);
      return summary.rejectedCount > 0 ? exitCodes.rejects : exitCodes.done;
    } finally {
      progress.end();
      source.destroy();
    }
  });
}

/** Reading only starts with the first line that is asked for: readline drops what nobody waits for. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

function tell(terminal: Terminal, summary: ImportSummary): void {
  const { read, accepted, rejectedCount, rejected, written, dryRun, batch } = summary;
  for (const { line, reason } of rejected) terminal.err(`line ${line}: ${reason}`);
  if (rejectedCount > rejected.length) terminal.err(`… and ${rejectedCount - rejected.length} more lines`);
  terminal.out(`read ${read}, accepted ${accepted}, set aside ${rejectedCount}`);
  if (dryRun) terminal.out('dry run: nothing was written');
  if (written) {
    terminal.out(`added ${written.added}, updated ${written.updated}, not in the file ${written.absent}`);
    terminal.out(`import ${batch}`);
  }
}
