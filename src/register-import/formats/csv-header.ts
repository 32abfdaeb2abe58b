import type { Delimiter } from '#src/files/csv.ts';
import { type RowField, rowForms } from '#src/register-import/formats/row-fields.ts';

/** A column of a register file in CSV: a field, or what the row does (`changeColumn`). */
export type Column = Exclude<RowField, 'card'> | typeof changeColumn;

/** Of deltas: `left` or `died`; an empty cell adds or changes the person. */
export const changeColumn = 'change';

/** The columns of a full file, in the order in which we write them. */
export const csvColumns: readonly Column[] = Object.keys(rowForms).filter(isField);

export interface CsvFormat {
  readonly kind: 'csv';
  readonly delimiter: Delimiter;
  readonly columns: readonly Column[];
}

/** What is wrong with a first line that should name the columns. */
export type HeaderProblem =
  /** It names none of them: it may be a person, and is never repeated. */
  | { readonly problem: 'no-header' }
  | { readonly problem: 'unknown' | 'missing' | 'repeated'; readonly columns: readonly string[] };

/** Reads a first line as the names of columns, separated by `;` or `,`, in any order. */
export function readCsvHeader(text: string): CsvFormat | HeaderProblem {
  const delimiter = text.includes(';') ? ';' : ',';
  const names = text.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const columns = names.filter(isColumn);
  if (columns.length === 0) return { problem: 'no-header' };
  const unknown = names.flatMap((name, place) => (isColumn(name) ? [] : [printable(name, place)]));
  if (unknown.length > 0) return { problem: 'unknown', columns: unknown };
  const repeated = columns.filter((name, place) => columns.indexOf(name) !== place);
  if (repeated.length > 0) return { problem: 'repeated', columns: repeated };
  const missing = csvColumns.filter((name) => !columns.includes(name));
  if (missing.length > 0) return { problem: 'missing', columns: missing };
  return { kind: 'csv', delimiter, columns };
}

function isField(name: string): name is Column {
  return name in rowForms && name !== 'card';
}

function isColumn(name: string): name is Column {
  return name === changeColumn || isField(name);
}

/** Names of columns are short words; anything else may be data, and stands for its place only. */
function printable(name: string, place: number): string {
  return /^[a-z][\w .-]{0,30}$/i.test(name) ? name : `number ${place + 1}`;
}
