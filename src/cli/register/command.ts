import { InvalidArgumentError, Option } from 'commander';
import { type CommandGroup, countingNumber, wholeNumber } from '#src/cli/command-group.ts';
import type { GenerateFileOptions } from '#src/cli/register/generate-file.ts';
import type { HistoryOptions } from '#src/cli/register/history.ts';
import type { ImportFileOptions } from '#src/cli/register/import-file.ts';
import type { InventDepositsOptions } from '#src/cli/register/invent-deposits.ts';
import { encodings } from '#src/files/encoding.ts';
import { type AsOf, parseAsOf } from '#src/register-import/as-of.ts';
import { formatNames } from '#src/register-import/formats/format-name.ts';
import { usualGuards } from '#src/register-import/guards.ts';
import { defaultMaxRejected, formatShare, parseShare, type Share } from '#src/register-import/thresholds.ts';

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('A day is written yyyy-mm-dd.');
  return text;
}

function share(text: string): Share {
  const read = parseShare(text);
  if (!read) throw new InvalidArgumentError('A whole number, or a percentage like 0.5%, is needed.');
  return read;
}

function asOf(text: string): AsOf {
  const read = parseAsOf(text);
  if (!read)
    throw new InvalidArgumentError('A day (yyyy-mm-dd) or an instant (2026-11-21T04:00:00Z) is needed.');
  return read;
}

const importHelp = `
docs/register.md describes the file. Exit codes: 0 loaded, 3 loaded but lines were set aside, 4 the file cannot be read
or was refused and nothing was written, 1 something broke and nothing was written.`;

export function addRegisterCommands({ program, terminal, run }: CommandGroup): void {
  const register = program.command('register').description('the register of insured persons');

  register
    .command('generate')
    .description('generate fictitious people as a register file; the same options give the same people')
    .option('--count <number>', 'how many', wholeNumber, 1000)
    .option('--seed <number>', 'seed of the generator', wholeNumber, 1)
    .option('--today <yyyy-mm-dd>', 'reference day for ages (default: today)', day)
    .addOption(
      new Option('--format <format>', 'lines of JSON, or CSV with «;»')
        .choices(formatNames)
        .default('ndjson'),
    )
    .option('--out <file>', 'where to write; - is standard output', '-')
    .option('--dry-run', 'only say what would be written')
    .action((options: GenerateFileOptions) =>
      run(async () => {
        const { generateRegisterFile } = await import('#src/cli/register/generate-file.ts');
        return generateRegisterFile(terminal, options);
      }),
    );

  register
    .command('deposits')
    .description('invent what caisses deposit for the people of a register file: lines for compte deposit')
    .argument('<file>', 'the register file; - is standard input')
    .requiredOption('--out <file>', 'where to write the deposits')
    .requiredOption('--pdf-dir <folder>', 'where to write the files that they come with')
    .option('--months <number>', 'how many months of payments', wholeNumber, 27)
    .option('--seed <number>', 'seed of the generator', wholeNumber, 1)
    .option('--today <yyyy-mm-dd>', 'the last day (default: today)', day)
    .action((file: string, options: InventDepositsOptions) =>
      run(async () => {
        const { inventDepositsFile } = await import('#src/cli/register/invent-deposits.ts');
        return inventDepositsFile(terminal, file, options);
      }),
    );

  register
    .command('import')
    .description(
      'load a register file (lines of JSON or CSV, plain, gzip or zstd) in one transaction, or refuse it; repeatable',
    )
    .argument('<file>', 'the file; - is standard input')
    .addOption(
      new Option('--format <format>', 'how the file is written (default: told by its first line)').choices(
        formatNames,
      ),
    )
    .addOption(
      new Option('--encoding <encoding>', 'how its characters are written')
        .choices(encodings)
        .default('utf-8'),
    )
    .option('--dry-run', 'say what would happen, write nothing')
    .addOption(
      new Option('--max-rejected <number or %>', 'refuse the whole file when more lines would be set aside')
        .argParser(share)
        .default(defaultMaxRejected, formatShare(defaultMaxRejected)),
    )
    .option('--expect <number>', 'refuse a file with another number of lines', wholeNumber)
    .option('--expect-within <number or %>', 'tolerance of --expect (default: exact)', share)
    .option(
      '--as-of <date>',
      'date of the file: yyyy-mm-dd, or an instant (default: its heading’s, or the file’s)',
      asOf,
    )
    .addOption(
      new Option(
        '--count-within <number or %>',
        'refuse a file whose number of people differs more from that of the last file',
      )
        .argParser(share)
        .default(usualGuards.countWithin, formatShare(usualGuards.countWithin)),
    )
    .addOption(
      new Option('--max-absent <number or %>', 'refuse a file in which more people of the register are not')
        .argParser(share)
        .default(usualGuards.maxAbsent, formatShare(usualGuards.maxAbsent)),
    )
    .addOption(
      new Option(
        '--max-repeated <number or %>',
        'refuse a file with more lines about people of earlier lines',
      )
        .argParser(share)
        .default(usualGuards.maxRepeated, formatShare(usualGuards.maxRepeated)),
    )
    .option('--delta', 'the file says only what changed (default: as its heading says, else full)')
    .option('--since <date>', 'of a delta: the date of the register that it goes on', asOf)
    .option(
      '--accept-nameless',
      'let people leave the register although lines that are set aside do not say whose they are',
    )
    .option('--by <agent>', 'who loads it, for the history (default: the user): letters, digits, - and _')
    .option(
      '--manifest <file>',
      'the SHA-256 of the file, as sha256sum writes it (default: the file with .sha256 after its name, if any)',
    )
    .option(
      '--signed-by <file>',
      'a public key (PEM, Ed25519): the manifest must have its signature, in the file with .sig after its name',
    )
    .option('--accept-older', 'load a full file although a newer one was loaded')
    .option(
      '--rejected <file>',
      'list every line that is set aside in this file: number, field, code, remedy',
    )
    .addHelpText('after', importHelp)
    .action((file: string, options: ImportFileOptions) =>
      run(async () => {
        const { importRegisterFile } = await import('#src/cli/register/import-file.ts');
        return importRegisterFile(terminal, file, options);
      }),
    );

  register
    .command('history')
    .description(
      'show who loaded which register file when, what came of it, and the accounts that it concerned',
    )
    .argument('[import]', 'the identifier of one import, to list the accounts that it concerned')
    .option('--last <number>', 'how many imports', countingNumber, 20)
    .action((id: string | undefined, options: HistoryOptions) =>
      run(async () => {
        const { showHistory } = await import('#src/cli/register/history.ts');
        return showHistory(terminal, id ?? null, options);
      }),
    );
}
