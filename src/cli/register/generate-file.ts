import { createWriteStream, rmSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { generatePeople } from '#src/fictitious/generate.ts';
import { csvColumns } from '#src/register-import/formats/csv-header.ts';
import { csvRowOf } from '#src/register-import/formats/csv-row.ts';
import type { FormatName } from '#src/register-import/formats/format-name.ts';
import { systemClock } from '#src/time/clock.ts';
import { parisDate } from '#src/time/paris.ts';

export interface GenerateFileOptions {
  readonly count: number;
  readonly seed: number;
  readonly today?: string;
  readonly format: FormatName;
  readonly out: string;
  readonly dryRun?: true;
}

const csv = { kind: 'csv', delimiter: ';', columns: csvColumns } as const;

export async function generateRegisterFile(
  terminal: Terminal,
  { count, seed, today = parisDate(systemClock.now()), format, out, dryRun }: GenerateFileOptions,
): Promise<ExitCode> {
  if (dryRun) {
    terminal.err(`would write ${count} fictitious persons to ${out === '-' ? 'standard output' : out}`);
    return exitCodes.done;
  }
  function* lines(): Generator<string> {
    if (format === 'csv') yield csvColumns.join(csv.delimiter);
    for (const { line } of generatePeople({ seed, count, today }))
      yield format === 'csv' ? csvRowOf(line, csv) : JSON.stringify(line);
  }
  if (out === '-') {
    await terminal.outAll(lines());
    return exitCodes.done;
  }
  function* ended(): Generator<string> {
    for (const line of lines()) yield `${line}\n`;
  }
  try {
    await pipeline(Readable.from(ended()), createWriteStream(out));
  } catch (error) {
    // A part of a register must not be taken for one.
    if (statSync(out, { throwIfNoEntry: false })?.isFile()) rmSync(out);
    throw error;
  }
  terminal.err(`wrote ${count} fictitious persons to ${out}`);
  return exitCodes.done;
}
