import type { Reject } from '#src/register/import/sort-lines.ts';

/** A line that was set aside, as an operator reads it. Nothing in it is of a person. */
export interface RejectText {
  readonly line: number;
  readonly field: string;
  readonly code: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
}

/** Of whole lines, and of every field alike. */
const remedies: Readonly<Record<string, string>> = {
  'line: not_json': 'write one JSON object on this line, whole',
  'line: encoding': 'write it in UTF-8: iconv -f WINDOWS-1252 -t UTF-8',
  'line: nul': 'take the NUL bytes out: the line was damaged on its way',
  'line: too-long': 'a line has 64 kB at most: an end of line is missing before it',
  'line: invalid_type': 'write a JSON object, not a list, a text or a number',
  'nir: duplicate': 'give each person once: this line was not used, the first one was',
  'nir: length': 'write the 13 characters, without the key',
  'nir: characters': 'write digits, and A or B for Corsica, in capitals',
  'nir: structure': 'its first digit, its month or the place of its A or B is impossible',
  'nir: form': 'write the 13 characters without key, spaces or small letters',
  'nir: empty': 'write the 13 characters, without the key',
  'iban: check_digits': 'write the IBAN whole and without spaces: a character is wrong, or missing',
  'caisse: unknown': 'use a code of the table of caisses, or add this caisse to it',
  unknown: 'use one of the values of docs/register.md',
  invalid_type:
    'write the kind of value of docs/register.md; null where nothing is known and null is allowed',
  invalid_format: 'write it in the form of docs/register.md',
  invalid_value: 'use one of the values of docs/register.md',
  too_small: 'do not leave it empty',
  too_big: 'it is longer than docs/register.md allows',
  missing: 'add the field: every field of docs/register.md is needed, null where it may be',
  'unknown-field': 'take the field out, or correct its name: docs/register.md has them all',
};

/** `field: code`, with the rest of the field’s own words for it. */
export function rejectText({ line, reason, earlier }: Reject): RejectText {
  const [field = 'line', code = 'invalid'] = reason.split(': ');
  const remedy = remedies[reason] ?? remedies[code] ?? 'see docs/register.md';
  return {
    line,
    field,
    code: earlier === undefined ? code : `${code} of line ${earlier}`,
    remedy,
  };
}
