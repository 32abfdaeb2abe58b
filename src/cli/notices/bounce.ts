import type { Readable } from 'node:stream';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { largestReport } from '#src/delivery/bounces/read-report.ts';
import { recordReport } from '#src/delivery/bounces/record-report.ts';
import { errorFields } from '#src/log/error-fields.ts';
import { systemClock } from '#src/time/clock.ts';

/**
 * Records one delivery report. The exit code is 0 also for a message that is no report or is forged: otherwise a mail
 * server would bounce the bounce. Only an unreachable database is a failure, after which mail servers retry.
 */
export async function recordBounceMessage(
  terminal: Terminal,
  input: Readable,
  to: string | null,
): Promise<ExitCode> {
  const raw = await readWhole(input);
  if (!raw) {
    terminal.out('too-large');
    return exitCodes.done;
  }
  try {
    return await withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
      const keyring = openKeyring(secrets.masterKeys.reveal());
      terminal.out(await recordReport({ db, keyring }, raw, to, systemClock.now()));
      return exitCodes.done;
    });
  } catch (error) {
    const code = errorFields(error)?.code ?? 'no answer';
    terminal.err(`compte: the report was not recorded (${code}), retry later`);
    return exitCodes.later;
  }
}

/** The whole message, or null when it is larger than any report; the rest is still read, and dropped. */
async function readWhole(input: Readable): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= largestReport) chunks.push(bytes);
  }
  return length <= largestReport ? Buffer.concat(chunks) : null;
}
