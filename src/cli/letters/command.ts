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
      'write the queued letters as one batch below a folder, once a day; a batch cut short comes first',
    )
    .argument('<folder>', 'where the folder of the batch appears, whole')
    .option('--at-most <number>', 'letters of one batch', positive, 1000)
    .option('--again <number>', 'write the batch of this number once more: same letters, same ids', positive)
    .option('--dry-run', 'only say how many would leave')
    .action((folder: string, options: ExportFolderOptions) =>
      run(async () => {
        const { exportToFolder } = await import('#src/cli/letters/export.ts');
        return exportToFolder(terminal, folder, options);
      }),
    );

  letters
    .command('acknowledge')
    .description('read the printer’s answer: what was printed, posted, or came back; repeatable')
    .argument('<file>', 'JSON or lines id;state;date; - is standard input')
    .action((file: string) =>
      run(async () => {
        const { acknowledgeFile } = await import('#src/cli/letters/acknowledge.ts');
        return acknowledgeFile(terminal, file);
      }),
    );

  letters
    .command('status')
    .description('the latest batches and what waits for the next (only reads)')
    .action(() =>
      run(async () => {
        const { showLetters } = await import('#src/cli/letters/status.ts');
        return showLetters(terminal);
      }),
    );
}
