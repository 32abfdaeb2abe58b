import { InvalidArgumentError } from 'commander';
import type { CommandGroup } from '#src/cli/command-group.ts';
import type { ExportFolderOptions } from '#src/cli/letters/export.ts';

function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('A whole number from 1 is needed.');
  return Number(text);
}

export function addLettersCommands({ program, terminal, run }: CommandGroup): void {
  const letters = program.command('letters').description('letters for the printer');

  letters
    .command('export')
    .description(
      'write the queued letters as one batch in a folder, once a day; an interrupted batch is completed first',
    )
    .argument('<folder>', 'where the complete folder of the batch appears')
    .option('--at-most <number>', 'maximum number of letters in the batch', positive, 1000)
    .option('--again <number>', 'write this batch again: same letters, same ids', positive)
    .option('--dry-run', 'only say how many letters would be exported')
    .action((folder: string, options: ExportFolderOptions) =>
      run(async () => {
        const { exportToFolder } = await import('#src/cli/letters/export.ts');
        return exportToFolder(terminal, folder, options);
      }),
    );

  letters
    .command('acknowledge')
    .description('read the printer’s answer: letters printed, posted or returned; repeatable')
    .argument('<file>', 'JSON or lines id;state;date; - is standard input')
    .action((file: string) =>
      run(async () => {
        const { acknowledgeFile } = await import('#src/cli/letters/acknowledge.ts');
        return acknowledgeFile(terminal, file);
      }),
    );

  letters
    .command('status')
    .description('the latest batches and the letters waiting for the next (read-only)')
    .action(() =>
      run(async () => {
        const { showLetters } = await import('#src/cli/letters/status.ts');
        return showLetters(terminal);
      }),
    );
}
