import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openFile, UnusableFile, wholeText } from '#src/files/open-file.ts';
import { acknowledgeLetters } from '#src/letters/batch/acknowledge.ts';
import { type PrinterAnswer, readPrinterAnswer } from '#src/letters/batch/printer-answer.ts';
import { systemClock } from '#src/time/clock.ts';

/** A batch has a thousand letters: this is a hundred times the size of a report on all of them. */
const mostBytes = 16 * 1024 * 1024;

const remedies: Readonly<Record<PrinterAnswer['rejected'][number]['reason'], string>> = {
  unreadable: 'write id;state;date',
  'unknown-state': 'write imprimée, postée or revenue (NPAI)',
  'unknown-date': 'write a day that exists, yyyy-mm-dd, or an instant',
  'date-in-the-future': 'correct the day, or the clock of this machine',
  'date-before-the-batch': 'correct the day: the batch was written later',
  'unknown-letter': 'copy the id from manifest.json: no batch of this database has it',
};

/** Reads the report of the printer; lists the rows set aside by line number, never their content. */
export async function acknowledgeFile(terminal: Terminal, file: string): Promise<ExitCode> {
  const now = systemClock.now();
  const answer = await readAnswer(terminal, file, now);
  return withMigratedDatabase(terminal, async ({ db }) => {
    const summary = await acknowledgeLetters(db, answer, now);
    const { changed, printed, posted, returned, canary, rejected } = summary;
    for (const { line, reason } of rejected) terminal.err(`line ${line}: ${reason} (${remedies[reason]})`);
    terminal.out(`${changed} letters: printed ${printed}, posted ${posted}, came back ${returned}`);
    terminal.out(`rows about the canary ${canary}, set aside ${rejected.length}`);
    return rejected.length > 0 ? exitCodes.rejects : exitCodes.done;
  });
}

/** Refuses a file without a usable row: it is another file, or a part of one. */
async function readAnswer(terminal: Terminal, path: string, now: Date): Promise<PrinterAnswer> {
  const file = await openFile(path, terminal.input, ['json-array', 'json-text', 'csv', 'latin-1']);
  try {
    const answer = readPrinterAnswer(await wholeText(file, mostBytes), now);
    const { rows, rejected } = answer;
    if (rows.length + rejected.length === 0) throw new UnusableFile('the file holds no letter');
    if (rows.length === 0)
      throw new UnusableFile(
        `none of its ${rejected.length} rows can be used: lines id;state;date are needed, or JSON`,
      );
    return answer;
  } finally {
    await file.close();
  }
}
