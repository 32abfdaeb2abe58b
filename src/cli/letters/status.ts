import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { lettersStatus } from '#src/letters/batch/status.ts';

/** The number of waiting letters, then one line for each of the latest batches. */
export async function showLetters(terminal: Terminal): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }) => {
    const { waiting, oldest, batches } = await lettersStatus(db);
    terminal.out(`waiting ${waiting}${oldest ? `, the oldest since ${minute(oldest)}` : ''}`);
    for (const batch of batches) {
      const { number, letters, printed, posted, returned, exportedAt, acknowledgedAt } = batch;
      const exported = exportedAt ? `exported ${minute(exportedAt)}` : 'NOT EXPORTED: run the export again';
      const answered = acknowledgedAt ? `, acknowledged ${minute(acknowledgedAt)}` : '';
      terminal.out(
        `batch ${number}: ${letters} letters, ${exported}${answered}; printed ${printed}, posted ${posted}, came back ${returned}`,
      );
    }
    return exitCodes.done;
  });
}

function minute(instant: Date): string {
  return `${instant.toISOString().slice(0, 16)}Z`;
}
