import { hasMonth } from '#src/civil-status/nir.ts';
import { france } from '#src/civil-status/place.ts';
import { clean } from '#src/texts/clean.ts';

export interface TypedDate {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

export type BirthDateReason =
  | 'missing'
  | 'missing-day'
  | 'missing-month'
  | 'missing-year'
  | 'not-a-day'
  | 'not-a-month'
  | 'not-a-year'
  | 'not-a-date'
  | 'future'
  | 'too-old';

export interface BirthDateProblem {
  /** The field that the error message links to. */
  readonly part: keyof TypedDate;
  readonly reason: BirthDateReason;
}

export type BirthDateReading =
  | { readonly ok: true; readonly birthDate: string }
  | { readonly ok: false; readonly problems: readonly BirthDateProblem[] };

const longestLife = 125;

/**
 * Reads a birth date typed in three fields, as `yyyy-mm-dd`; `0` or `00` stands for a day or a month that civil
 * status does not know, and is kept as `00`.
 *
 * Problems, at most one for each field: `missing` (all three are empty), `missing-…`, `not-a-…` (not digits or
 * out of range; a year has four digits). When each field is valid: `not-a-date` (such as 31 February), `future`
 * and `too-old` (more than 125 years before). `today` is `yyyy-mm-dd`, Europe/Paris.
 */
export function parseBirthDate(typed: TypedDate, today: string): BirthDateReading {
  const day = clean(typed.day);
  const month = clean(typed.month);
  const year = clean(typed.year);
  if (day + month + year === '') return refused({ part: 'day', reason: 'missing' });
  const problems: BirthDateProblem[] = [];
  if (day === '') problems.push({ part: 'day', reason: 'missing-day' });
  else if (!isUpTo(31, day)) problems.push({ part: 'day', reason: 'not-a-day' });
  if (month === '') problems.push({ part: 'month', reason: 'missing-month' });
  else if (!isUpTo(12, month)) problems.push({ part: 'month', reason: 'not-a-month' });
  if (year === '') problems.push({ part: 'year', reason: 'missing-year' });
  else if (!/^[1-9]\d{3}$/.test(year)) problems.push({ part: 'year', reason: 'not-a-year' });
  if (problems.length > 0) return refused(...problems);

  const birthDate = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (Number(day) > lastDay(Number(year), Number(month)))
    return refused({ part: 'day', reason: 'not-a-date' });
  if (birthDate > today) return refused({ part: 'year', reason: 'future' });
  if (Number(year) < Number(today.slice(0, 4)) - longestLife)
    return refused({ part: 'year', reason: 'too-old' });
  return { ok: true, birthDate };
}

function refused(...problems: BirthDateProblem[]): BirthDateReading {
  return { ok: false, problems };
}

function isUpTo(highest: number, typed: string): boolean {
  return /^\d{1,2}$/.test(typed) && Number(typed) <= highest;
}

/** The last day of a month; 31 for the unknown month 0, as for December of the year before. */
function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export type BirthDateMatch = 'exact' | 'unknown-day' | 'unknown-month' | 'unknown-day-and-month';

/**
 * How two birth dates agree, both `yyyy-mm-dd` with `00` for what is unknown; null when they do not. The result does not
 * depend on which of them was typed, registered or sent by FranceConnect.
 *
 * Files represent what civil status does not know in three ways, without saying so: `00`; `01`, as identity papers and
 * FranceConnect do; and 31 December for an entirely unknown date, the custom of the Maghreb.
 *
 * - The years are equal, always.
 * - A day or a month that is `00` on one side is `00` or `01` on the other: 00/03 is 01/03, 00/00 is 01/01.
 * - 00/00 is also 31/12. Otherwise 31 December agrees only with itself: not with 00/12, nor with 31/00.
 * - 01/01 and 31/12, both written out, are two different dates, unless `presumable`: the person’s date may be a
 *   presumption (`mayBePresumed`).
 *
 * What this gives an attacker: a typed `00` also tries «01»; an entirely unknown date tries 01/01 and 31/12 at once, and so
 * does either of these for a presumable date. No other day of the year matches another one.
 *
 * The result names what is unknown in one of the two.
 */
export function matchBirthDate(a: string, b: string, presumable = false): BirthDateMatch | null {
  if (a.slice(0, 4) !== b.slice(0, 4)) return null;
  if (!sameButForUnknown(a, b) && !arePresumptions(a, b, presumable)) return null;
  const [, monthA = '', dayA = ''] = a.split('-');
  const [, monthB = '', dayB = ''] = b.split('-');
  const unknownMonth = monthA === '00' || monthA !== monthB;
  const unknownDay = dayA === '00' || dayA !== dayB;
  if (unknownMonth) return unknownDay ? 'unknown-day-and-month' : 'unknown-month';
  return unknownDay ? 'unknown-day' : 'exact';
}

function sameButForUnknown(a: string, b: string): boolean {
  return a.replaceAll('-00', '-01') === b.replaceAll('-00', '-01');
}

function arePresumptions(a: string, b: string, presumable: boolean): boolean {
  const ends = [a, b].map((date) => date.slice(5)).sort();
  const pair = ends.join();
  return pair === '00-00,12-31' || (presumable && pair === '01-01,12-31');
}

/**
 * Whether a registered date of 1 January or 31 December may represent an unknown one: for people born abroad, or whose NIR
 * has no month (20, 30 to 42, 50 to 99). For people born in France, civil status knows the date.
 */
export function mayBePresumed(person: { readonly birthCountry: string; readonly nir: string }): boolean {
  return person.birthCountry !== france || !hasMonth(person.nir);
}

/**
 * Age in full years on a day, both `yyyy-mm-dd`. With an unknown day or month of birth it is the lowest possible age: a
 * year is added once the whole month, or the whole year, is over. For a birth on 29 February, a year is added on
 * 1 March of a common year.
 */
export function ageOn(birthDate: string, today: string): number {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const birthday = `${month === '00' ? '12' : month}-${day === '00' || month === '00' ? '32' : day}`;
  const years = Number(today.slice(0, 4)) - Number(year);
  return today.slice(5) >= birthday ? years : years - 1;
}
