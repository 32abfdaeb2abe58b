import { type FileRecord, recordsOf } from '#src/files/csv.ts';
import type { FileLine } from '#src/files/lines.ts';
import { type HeaderProblem, readCsvHeader } from '#src/register-import/formats/csv-header.ts';
import type { RecordFormat } from '#src/register-import/formats/read-record.ts';

export const formatNames = ['ndjson', 'csv'] as const;
export type FormatName = (typeof formatNames)[number];

/** A file whose format is known, and its records; or why that cannot be. */
export type OpenedRecords =
  | { readonly ok: true; readonly format: RecordFormat; readonly records: AsyncGenerator<FileRecord> }
  | ({ readonly ok: false } & HeaderProblem);

/** Far longer than any record of a register. */
export const mostBytesOfRecord = 65_536;

/**
 * The records of a register file. A first line that begins with `{` is JSON, any other names the columns of a CSV file,
 * unless the format is said. Lines before it are blank.
 */
export async function openRecords(
  lines: AsyncGenerator<FileLine>,
  said: FormatName | null = null,
): Promise<OpenedRecords> {
  const first = await firstOf(lines);
  const isText = first !== null && 'text' in first;
  const name = said ?? (isText && !first.text.trimStart().startsWith('{') ? 'csv' : 'ndjson');
  if (name === 'ndjson') return { ok: true, format: { kind: 'ndjson' }, records: from(first, lines) };
  const header = isText ? readCsvHeader(first.text) : ({ problem: 'no-header' } as const);
  if ('problem' in header) return { ok: false, ...header };
  return { ok: true, format: header, records: recordsOf(lines, mostBytesOfRecord) };
}

/** The first line that is not blank; null in an empty file. */
async function firstOf(lines: AsyncGenerator<FileLine>): Promise<FileLine | null> {
  for (;;) {
    const { done, value } = await lines.next();
    if (done) return null;
    if ('problem' in value || value.text.trim() !== '') return value;
  }
}

async function* from(first: FileLine | null, lines: AsyncGenerator<FileLine>): AsyncGenerator<FileLine> {
  if (first) yield first;
  yield* lines;
}
