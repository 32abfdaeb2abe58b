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
  'nir: length': 'write the 13 characters, or 15 with the key',
  'nir: key': 'its two last digits do not go with the 13 others: one of them is wrong',
  'nir: characters': 'write digits, and A or B for Corsica, and nothing else',
  'nir: structure': 'its first digit, its month or the place of its A or B is impossible',
  'nir: empty': 'write the 13 characters, without the key',
  'iban: check_digits': 'write the IBAN whole and without spaces: a character is wrong, or missing',
  'regime: unknown': 'use one of the codes of docs/register.md: the list is closed',
  'birthDate: format': 'write it yyyy-mm-dd, with 00 for what civil status does not know',
  'birthPlace: format':
    'write the five characters of the commune (COG), or leave it empty for a birth abroad',
  'birthCountry: format': 'write 99 and three digits: 99100 is France',
  'card.serial: digits-only': 'write digits only',
  'card.serial: length': 'write the digits that this type of card has: 11 with photo, 8, 9, 12 or 13 without',
  'card.serial: is-nir': 'this is the person’s NIR: the serial is on the back of the card',
  'knownMobile: not-mobile': 'write a mobile, or null: this is another line',
  'knownMobile: not-french': 'write a French mobile, overseas included, or null: no SMS goes elsewhere',
  'knownMobile: country-code': 'write the number with the code of its own territory, or without',
  'knownMobile: special': 'write a mobile, or null: this is a special number',
  'caisse: unknown': 'use a code of the table of caisses, or add this caisse to it',
  unknown: 'use one of the values of docs/register.md',
  invalid_type:
    'write the kind of value of docs/register.md; null where nothing is known and null is allowed',
  invalid_format: 'write it in the form of docs/register.md',
  invalid_value: 'use one of the values of docs/register.md',
  format: 'write it in the form of docs/register.md',
  empty: 'do not leave it empty',
  length: 'a digit is missing, or there is one too many',
  characters: 'it holds a character that cannot be there',
  'no-at': 'write an e-mail address, or null',
  'local-part': 'write an e-mail address, or null',
  domain: 'write an e-mail address, or null',
  'too-long': 'it is longer than docs/register.md allows',
  'not-a-date': 'this day does not exist',
  'not-a-day': 'a day is 01 to 31, or 00',
  'not-a-month': 'a month is 01 to 12, or 00',
  'not-a-year': 'a year has four digits',
  future: 'this date is in the future',
  'too-old': 'nobody is that old',
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
