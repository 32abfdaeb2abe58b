import { cellsOf } from '#src/files/csv.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { type CsvFormat, changeColumn } from '#src/register-import/formats/csv-header.ts';

/** Between the items of a list in one cell. */
const listSeparator = '|';

/** A record as the object that a line of JSON would be, unchecked; or why it is none. */
export type CsvRow =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: 'quotes' | 'cells' };

/** Reads one record: each cell without the spaces around it; an empty one is null, no item, or an empty text. */
export function readCsvRow(record: string, { delimiter, columns }: CsvFormat): CsvRow {
  const cells = cellsOf(record, delimiter);
  if (cells === null) return { ok: false, reason: 'quotes' };
  if (cells.length !== columns.length) return { ok: false, reason: 'cells' };
  const row: Record<string, unknown> = {};
  const card: Record<string, string> = {};
  for (const [place, column] of columns.entries()) {
    const cell = cells[place]?.trim() ?? '';
    if (column === changeColumn) {
      if (cell !== '') row[changeColumn] = cell;
    } else if (column.startsWith('card.')) card[column.slice('card.'.length)] = cell;
    else row[column] = readCell(column, cell);
  }
  row.card = Object.values(card).every((cell) => cell === '') ? null : card;
  // Of somebody who left or died, the other cells say nothing.
  return { ok: true, value: changeColumn in row ? { change: row.change, nir: row.nir } : row };
}

function readCell(column: string, cell: string): unknown {
  switch (column) {
    case 'certified':
    case 'deceased':
      return cell === 'true' ? true : cell === 'false' ? false : cell;
    case 'givenNames':
    case 'address':
    case 'formerPostalCodes':
      return cell === '' ? [] : cell.split(listSeparator).map((item) => item.trim());
    default:
      return cell;
  }
}

/** A person as a record of CSV, its cells in the order of these columns; the opposite of `readCsvRow`. */
export function csvRowOf(person: RegisterLine, { delimiter, columns }: CsvFormat): string {
  const { card, ...fields } = person;
  const values: Readonly<Record<string, unknown>> = {
    ...fields,
    ...Object.fromEntries(Object.entries(card ?? {}).map(([name, value]) => [`card.${name}`, value])),
  };
  return columns.map((column) => quoted(cellOf(values[column]), delimiter)).join(delimiter);
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(listSeparator) : String(value);
}

function quoted(cell: string, delimiter: string): string {
  return /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
