import { InvalidArgumentError } from 'commander';
import type { CommandGroup } from '#src/cli/command-line.ts';

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return number;
}

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('A day is written yyyy-mm-dd.');
  return text;
}

export function addRegisterCommands({ program, terminal, run }: CommandGroup): void {
  const register = program.command('register').description('the register of insured persons');

  register
    .command('generate')
    .description('invent fictitious persons, one line of JSON each; the same options give the same persons')
    .option('--count <number>', 'how many', wholeNumber, 1000)
    .option('--seed <number>', 'start of the invention', wholeNumber, 1)
    .option('--today <yyyy-mm-dd>', 'day that ages are reckoned from (default: today)', day)
    .option('--out <file>', 'where to write; - is standard output', '-')
    .option('--dry-run', 'only say what would be written')
    .action((options: { count: number; seed: number; today?: string; out: string; dryRun?: true }) =>
      run(async () => {
        const { generateRegisterFile } = await import('#src/cli/register/generate-file.ts');
        return generateRegisterFile(terminal, options);
      }),
    );

  register
    .command('import')
    .description('load a register file (NDJSON): every good line or, if anything breaks, none; repeatable')
    .argument('<file>', 'the file; - is standard input')
    .option('--dry-run', 'check every line, write nothing')
    .action((file: string, options: { dryRun?: true }) =>
      run(async () => {
        const { importRegisterFile } = await import('#src/cli/register/import-file.ts');
        return importRegisterFile(terminal, file, options.dryRun ?? false);
      }),
    );
}
