import { rowForm } from '#src/register-import/formats/row-fields.ts';
import type { Reject } from '#src/register-import/sort-lines.ts';

/** A rejected line in words for the operator, without personal data. */
export interface RejectText {
  readonly line: number;
  readonly field: string;
  readonly code: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
}

const ofLines: Readonly<Record<string, string>> = {
  not_json: 'write one JSON object on this line, whole',
  encoding:
    'write it in UTF-8, or say how the file is written: --encoding latin-9 or --encoding windows-1252',
  quotes: 'write a cell that holds a quote between quotes, and each quote in it twice',
  'unclosed-quote': 'close the quote that opens a cell here',
  cells: 'give each column its cell: a separator is missing, or one too many',
  nul: 'take the NUL bytes out: the line was damaged on its way',
  'too-long': 'a line has 64 kB at most: an end of line is missing before it',
  invalid_type: 'write a JSON object, not a list, a text or a number',
  repeated: 'a field is there twice: give it once',
  'unknown-field': 'take out the fields that are not in docs/register.md',
};

const ofFields: Readonly<Record<string, string>> = {
  'change: invalid_value': 'write left or died, or nothing',
  'change: unknown-field': 'write change and nir only, for somebody who left or died',
  'nir: duplicate': 'give each person once: this line was not used, the first one was',
  'nir: key': 'the key does not go with the number: one of its digits is wrong',
  'iban: check_digits': 'the check digits do not go with the IBAN: a character is wrong, or missing',
  'caisse: unknown': 'use a code of the table caisse, or add this caisse to it',
  'card.serial: is-nir': 'this is the number of the front of the card: write the serial number of its back',
};

/** Everything that is wrong with a line, in words, with what to write there instead. */
export function rejectTexts({ line, reason, others = [], earlier }: Reject): readonly RejectText[] {
  return [reason, ...others].map((one) => rejectText(line, one, earlier));
}

/** `earlier`: the line about the same person, where that is the reason. */
function rejectText(line: number, reason: string, earlier: number | undefined): RejectText {
  const [field = 'line', code = 'invalid'] = reason.split(': ');
  return {
    line,
    field,
    code: earlier === undefined ? code : `${code} of line ${earlier}`,
    remedy: remedyOf(field, code),
  };
}

function remedyOf(field: string, code: string): string {
  const specific = field === 'line' ? ofLines[code] : ofFields[`${field}: ${code}`];
  if (specific) return specific;
  if (code === 'unknown-field')
    return 'take the field out, or correct its name: docs/register.md has them all';
  if (code === 'repeated') return 'the field is there twice: give it once';
  const form = rowForm(field)?.replaceAll('`', '').replaceAll(';', ',');
  const lead = code === 'missing' ? 'add the field' : 'write';
  return form ? `${lead}: ${form}` : 'see docs/register.md';
}
