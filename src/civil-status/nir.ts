import { cleanCode } from '#src/texts/clean.ts';

export type NirProblem = 'empty' | 'characters' | 'length' | 'structure' | 'key';

export type NirReading =
  | { readonly ok: true; readonly nir: string; readonly key: string | null }
  | { readonly ok: false; readonly reason: NirProblem };

/** Sex, year, month, département, commune and order: 13 characters, Corsica as 2A or 2B. */
const structure = /^[1-478]\d{4}(\d{2}|2[AB])\d{6}$/;

/**
 * Reads a numéro de sécurité sociale as people type it (`cleanCode`): spaces, dots and dashes anywhere, `a` or `b`
 * for Corsica, 13 characters or 15 with the key, which is then checked and given apart.
 *
 * Reasons, in the order of the checks: `empty`; `characters` (anything but digits, A and B:
 * a letter O is not read as a zero); `length`; `structure` (first digit, month, or A and B out of place);
 * `key`. The commune is not checked against the current list: départements and communes have changed.
 *
 * Months are 01 to 12, or 20, 30 to 42 and 50 to 99 where the birth certificate is incomplete or the month
 * was full (service-public.fr, F33078).
 */
export function parseNir(typed: string): NirReading {
  const characters = cleanCode(typed);
  if (characters === '') return { ok: false, reason: 'empty' };
  if (!/^[0-9AB]+$/.test(characters)) return { ok: false, reason: 'characters' };
  if (characters.length !== 13 && characters.length !== 15) return { ok: false, reason: 'length' };
  const nir = characters.slice(0, 13);
  if (!structure.test(nir) || !isMonthCode(Number(nir.slice(3, 5))))
    return { ok: false, reason: 'structure' };
  const key = characters.slice(13);
  if (key === '') return { ok: true, nir, key: null };
  return key === nirKey(nir) ? { ok: true, nir, key } : { ok: false, reason: 'key' };
}

function isMonthCode(code: number): boolean {
  return (code >= 1 && code <= 12) || code === 20 || (code >= 30 && code <= 42) || (code >= 50 && code <= 99);
}

/** Whether a NIR of 13 characters contains the month of birth. */
export function hasMonth(nir: string): boolean {
  const code = Number(nir.slice(3, 5));
  return code >= 1 && code <= 12;
}

/** The 13 characters of a typed NIR; null when it cannot be read. */
export function nirIn(typed: string): string | null {
  const reading = parseNir(typed);
  return reading.ok ? reading.nir : null;
}

/** The two-digit key of a NIR of 13 characters: 97 less the remainder by 97, with 2A as 19 and 2B as 18. */
export function nirKey(nir: string): string {
  const number = Number(nir.replace('2A', '19').replace('2B', '18'));
  if (!Number.isSafeInteger(number)) throw new Error('A key needs the 13 characters of a NIR');
  return String(97 - (number % 97)).padStart(2, '0');
}

/** The groups printed on a card: `1 62 12 2B 010 001`. */
export function formatNir(nir: string): string {
  return nir.replace(/^(.)(..)(..)(..)(...)(...)$/, '$1 $2 $3 $4 $5 $6');
}

/** As papers print a number of 13 characters: in groups, with its key. */
export function writtenNir(nir: string): string {
  return `${formatNir(nir)} ${nirKey(nir)}`;
}

/**
 * Only what a person needs to recognise their own number: `1 62 •• •• ••• •••`.
 *
 * Sex and year distinguish the members of a household. The order number stays hidden: it is the one part that
 * cannot be deduced from a birth certificate.
 */
export function maskNir(nir: string): string {
  return formatNir(nir.slice(0, 3) + '•'.repeat(10));
}

/**
 * Month and year of birth that follow with certainty from a NIR, to prefill the form; null where they do not.
 *
 * The month is null when it is not 01 to 12. The year has two digits: the century is the only one with which the
 * person can be insured in their own right, at least 16 and below 110 on the day `today` (`yyyy-mm-dd`,
 * Europe/Paris); null if there is none or more than one. An age that depends on the unknown day counts as possible.
 */
export function birthMonthAndYear(nir: string, today: string): { month: number | null; year: number | null } {
  const month = hasMonth(nir) ? Number(nir.slice(3, 5)) : null;
  const thisYear = Number(today.slice(0, 4));
  const thisMonth = Number(today.slice(5, 7));
  const thisCentury = thisYear - (thisYear % 100);
  const years = [thisCentury - 100, thisCentury]
    .map((century) => century + Number(nir.slice(1, 3)))
    .filter((year) => {
      const oldest = thisYear - year - (month !== null && month > thisMonth ? 1 : 0);
      const youngest = thisYear - year - (month !== null && month < thisMonth ? 0 : 1);
      return oldest >= 16 && youngest < 110;
    });
  return { month, year: years.length === 1 ? (years[0] ?? null) : null };
}

/** Sex as registered at birth or rectified since; odd first digits are male. Only for consistency checks. */
export function sexOf(nir: string): 'male' | 'female' {
  return Number(nir.charAt(0)) % 2 === 1 ? 'male' : 'female';
}

/** Whether the first digit (3, 4, 7 or 8) marks a temporary or waiting number. A waiting number may look final. */
export function isProvisional(nir: string): boolean {
  return /^[3478]/.test(nir);
}
