import { type FileRecord, recordsOf } from '#src/files/csv.ts';
import type { Encoding } from '#src/files/encoding.ts';
import { type FileLine, linesOf } from '#src/files/lines.ts';
import { type HeaderProblem, readCsvHeader } from '#src/register-import/formats/csv-header.ts';
import type { FormatName } from '#src/register-import/formats/format-name.ts';
import type { RecordFormat } from '#src/register-import/formats/read-record.ts';

/** A file whose format is known, and its records; or why that cannot be. */
export type OpenedRecords =
  | { readonly ok: true; readonly format: RecordFormat; readonly records: AsyncGenerator<FileRecord> }
  | ({ readonly ok: false } & HeaderProblem);

/** The same for its bytes. Lines of JSON are left as bytes, which several threads can read. */
export type OpenedSource =
  | {
      readonly ok: true;
      readonly format: RecordFormat;
      readonly source:
        | AsyncGenerator<FileRecord>
        | { readonly bytes: AsyncGenerator<Buffer>; readonly encoding: Encoding };
    }
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

/** What begins a line of JSON, after a byte order mark and blanks. */
const jsonStart = /^(?:\u00ef\u00bb\u00bf)?\s*\{/;
/** Of the first bytes, in which it stands. */
const peekedBytes = 4_096;

/** The records of a register file, from its bytes (`openRecords`). */
export async function openSource(
  bytes: AsyncIterable<Buffer>,
  { encoding, format: said }: { readonly encoding: Encoding; readonly format: FormatName | null },
): Promise<OpenedSource> {
  const chunks = bytes[Symbol.asyncIterator]();
  const { value: start, done } = await chunks.next();
  async function* all(): AsyncGenerator<Buffer> {
    if (done) return;
    yield start;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  const isJson = !done && jsonStart.test(start.toString('latin1', 0, peekedBytes));
  if (said === 'ndjson' || (said === null && isJson))
    return { ok: true, format: { kind: 'ndjson' }, source: { bytes: all(), encoding } };
  const opened = await openRecords(linesOf(all(), mostBytesOfRecord, encoding), said);
  return opened.ok ? { ok: true, format: opened.format, source: opened.records } : opened;
}
