/** Every code of a refused field, as in docs/refusals.md: those of the parsers, then those of the schemas. */
const fieldCodes = [
  'empty',
  'characters',
  'length',
  'structure',
  'key',
  'missing',
  'missing-day',
  'missing-month',
  'missing-year',
  'not-a-day',
  'not-a-month',
  'not-a-year',
  'not-a-date',
  'future',
  'too-old',
  'wrong-order',
  'name',
  'too-long',
  'postal-code',
  'unknown',
  'invalid-iban',
  'is-nir',
  'digits-only',
  'mailto',
  'website',
  'at-in-words',
  'no-at',
  'two-addresses',
  'two-ats',
  'brackets',
  'quotes',
  'comma',
  'semicolon',
  'space',
  'accents',
  'dots',
  'incomplete',
  'local-part',
  'domain',
  'no-zero',
  'two-numbers',
  'not-french',
  'country-code',
  'special',
  'not-mobile',
  'is-mobile',
  'length-short',
  'length-long',
  'latin-letters',
  'digit-or-special',
  'personal',
  'names',
  'common',
  'shape',
  'not-text',
  'not-boolean',
  'over-length',
  'unknown-field',
] as const;
export type FieldCode = (typeof fieldCodes)[number];

/** Texts for some of the codes. */
export type TextsByCode = Readonly<Partial<Record<FieldCode, string>>>;

/** The code in the message of a schema’s issue; throws for a message that a schema did not set. */
export function fieldCode(message: string): FieldCode {
  const code = fieldCodes.find((one) => one === message);
  if (!code) throw new Error('A schema refuses a field without one of the known codes');
  return code;
}
