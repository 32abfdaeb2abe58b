import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { systemClock } from '#src/clock.ts';
import { acknowledgeLetters } from '#src/letters/batch/acknowledge.ts';
import { readPrinterAnswer } from '#src/letters/batch/printer-answer.ts';

/** Reads the printer's answer; says by line which rows were set aside, never what they hold. */
export async function acknowledgeFile(terminal: Terminal, file: string): Promise<ExitCode> {
  const answer = file === '-' ? await text(terminal.input) : readFileSync(file, 'utf8');
  return withMigratedDatabase(terminal, async ({ db }) => {
    const now = systemClock.now();
    const told = await acknowledgeLetters(db, readPrinterAnswer(answer, now), now);
    const { changed, printed, posted, returned, canary, rejected } = told;
    for (const { line, reason } of rejected) terminal.err(`line ${line}: ${reason}`);
    terminal.out(`${changed} letters: printed ${printed}, posted ${posted}, came back ${returned}`);
    terminal.out(`rows about the canary ${canary}, set aside ${rejected.length}`);
    return rejected.length > 0 ? exitCodes.rejects : exitCodes.done;
  });
}
