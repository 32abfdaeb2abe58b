import type { CommandGroup } from '#src/cli/command-group.ts';
import type { DepositFileOptions } from '#src/cli/deposit/deposit-file.ts';

const help = `
docs/deposit.md describes the file. What was deposited before is reported as repeated: the same file may be sent again.
Exit codes: 0 done, 3 done but lines were set aside, 4 the file cannot be read, or the sender may not deposit, and nothing
was done, 1 something broke: what was reported as done is done, start again with the same file.`;

export function addDepositCommand({ program, terminal, run }: CommandGroup): void {
  program
    .command('deposit')
    .description(
      'deposit payments, rights, messages and documents for people (lines of JSON, optionally gzip)',
    )
    .argument('<file>', 'the file; - is standard input')
    .requiredOption('--sender <code>', 'who deposits: compte sender list')
    .option('--pdf-dir <folder>', 'where the files are that the lines name')
    .option('--dry-run', 'say what would happen, write nothing')
    .option(
      '--rejected <file>',
      'list every line that is set aside in this file: number, field, code, remedy',
    )
    .option(
      '--resume',
      'keep the place in <file>.progress, and go on from there after an interruption; removed at the end',
    )
    .addHelpText('after', help)
    .action((file: string, options: DepositFileOptions) =>
      run(async () => {
        const { depositFile } = await import('#src/cli/deposit/deposit-file.ts');
        return depositFile(terminal, file, options);
      }),
    );
}
