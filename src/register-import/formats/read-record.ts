import { z } from 'zod';
import { parseNir } from '#src/civil-status/nir.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { readLine } from '#src/register/line-check.ts';
import { parseRow, type RowRules } from '#src/register/register-row.ts';
import type { CsvFormat } from '#src/register-import/formats/csv-header.ts';
import { readCsvRow } from '#src/register-import/formats/csv-row.ts';
import { parseJson } from '#src/texts/json.ts';

/** How the records of a file are written; it can be sent to another thread. */
export type RecordFormat = { readonly kind: 'ndjson' } | CsvFormat;

/** What a record says: how a person is now, or that they left the register or died. Else the field and a code. */
export type RecordReading =
  | { readonly ok: true; readonly kind: 'row'; readonly line: RegisterLine }
  | { readonly ok: true; readonly kind: 'left' | 'died'; readonly nir: string }
  /** `nir`: of whom it is nevertheless; null: that cannot be told. */
  | {
      readonly ok: false;
      readonly reason: string;
      readonly others?: readonly string[];
      readonly nir: string | null;
    };

const changeSchema = z.strictObject({ change: z.enum(['left', 'died']), nir: z.string().max(500) });

/** Reads one record, by the parsers of the forms that must match it (`parseRow`). */
export function readRecord(format: RecordFormat, text: string, rules: RowRules): RecordReading {
  if (format.kind === 'ndjson') {
    const change = text.includes('"change"') ? parseJson(text) : null;
    if (isChange(change)) return readChange(change);
    const reading = readLine(text, rules.today, rules.caisses, rules.cards);
    return reading.ok ? { ...reading, kind: 'row' } : { ...reading, nir: nirOf(parseJson(text)) };
  }
  if (text.includes('\uFFFD')) return { ok: false, reason: 'line: encoding', nir: null };
  const row = readCsvRow(text, format);
  if (!row.ok) return { ok: false, reason: `line: ${row.reason}`, nir: null };
  if (isChange(row.value)) return readChange(row.value);
  const reading = parseRow(row.value, rules);
  return reading.ok ? { ...reading, kind: 'row' } : { ...reading, nir: nirOf(row.value) };
}

/** Of whom a rejected record is. */
function nirOf(value: unknown): string | null {
  const typed: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'nir') : null;
  const read = typeof typed === 'string' && typed.length <= 500 ? parseNir(typed) : null;
  return read?.ok ? read.nir : null;
}

function isChange(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'change' in value;
}

function readChange(value: unknown): RecordReading {
  const read = changeSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const code = issue?.code === 'unrecognized_keys' ? 'unknown-field' : 'invalid_value';
    const reason = issue?.path[0] === 'nir' ? 'nir: missing' : `change: ${code}`;
    return { ok: false, reason, nir: nirOf(value) };
  }
  const nir = parseNir(read.data.nir);
  return nir.ok
    ? { ok: true, kind: read.data.change, nir: nir.nir }
    : { ok: false, reason: `nir: ${nir.reason}`, nir: null };
}
