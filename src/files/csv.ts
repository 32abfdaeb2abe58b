import { parse } from 'csv-parse/sync';
import type { FileLine } from '#src/files/lines.ts';

/** What separates the cells of a record. */
export type Delimiter = ';' | ',';

/** One record of a text file: a line, or of a CSV file several; a quote that is never closed leaves none. */
export type FileRecord =
  | FileLine
  | { readonly number: number; readonly problem: 'unclosed-quote'; readonly ended: boolean };

/** Of one record: enough for every cell of a register, far fewer than a quote that is never closed would swallow. */
const mostLines = 50;

/**
 * The records of a CSV file (RFC 4180), from its lines: those within a quoted cell are joined to one record, which has the
 * number of its first line. A quote that is never closed ends the reading with `unclosed-quote`: nothing says where
 * the next record begins.
 */
export async function* recordsOf(
  lines: AsyncIterable<FileLine> | Iterable<FileLine>,
  mostBytes: number,
): AsyncGenerator<FileRecord> {
  let open: { readonly number: number; readonly lines: string[]; length: number } | null = null;
  for await (const line of lines) {
    if ('problem' in line) {
      if (open) {
        yield { number: open.number, problem: 'unclosed-quote', ended: line.ended };
        return;
      }
      yield line;
      continue;
    }
    const turns = hasOddQuotes(line.text);
    if (!open && !turns) {
      yield line;
      continue;
    }
    open ??= { number: line.number, lines: [], length: 0 };
    open.lines.push(line.text);
    open.length += line.text.length + 1;
    const { number, lines: joined } = open;
    if (turns && joined.length > 1) {
      yield { number, text: joined.join('\n'), ended: line.ended };
      open = null;
    } else if (joined.length >= mostLines || open.length > mostBytes || !line.ended) {
      yield { number, problem: 'unclosed-quote', ended: line.ended };
      return;
    }
  }
  if (open) yield { number: open.number, problem: 'unclosed-quote', ended: true };
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

/** The cells of one record; null where quotes stand in it that open or close no cell. */
export function cellsOf(record: string, delimiter: Delimiter): readonly string[] | null {
  if (!record.includes('"')) return record.split(delimiter);
  try {
    const records = parse(record, { delimiter, relax_column_count: true });
    return records.length === 1 ? (records[0] ?? null) : null;
  } catch {
    return null;
  }
}
