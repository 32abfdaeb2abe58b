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
  /** The box to which the message leads. */
  readonly part: keyof TypedDate;
  readonly reason: BirthDateReason;
}

export type BirthDateReading =
  | { readonly ok: true; readonly birthDate: string }
  | { readonly ok: false; readonly problems: readonly BirthDateProblem[] };

const longestLife = 125;

/**
 * Reads a birth date typed in three boxes, as `yyyy-mm-dd`; `0` or `00` stands for a day or a month that civil
 * status does not know, and is kept as `00`.
 *
 * Problems, at most one for each box: `missing` (all three are empty), `missing-…`, `not-a-…` (not digits or
 * out of range; a year has four digits). When each box is right: `not-a-date` (such as 31 February), `future`
 * and `too-old` (more than 125 years before). `today` is `yyyy-mm-dd`, Europe/Paris.
 */
export function parseBirthDate(typed: TypedDate, today: string): BirthDateReading {
  const day = typed.day.trim();
  const month = typed.month.trim();
  const year = typed.year.trim();
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
 * How the typed date agrees with the registered one, both `yyyy-mm-dd` with `00` for what is unknown; null when
 * it does not.
 *
 * - The years are equal.
 * - A day or a month that the register knows is equal to the typed one; `00` typed for it does not match.
 * - A day or a month that the register does not know (`00`) was typed `00`, or `01` as identity papers
 *   presume it. No other day or month matches.
 *
 * The criterion tells what the register does not know, whichever of the two was typed.
 */
export function matchBirthDate(typed: string, registered: string): BirthDateMatch | null {
  const [year = '', month = '', day = ''] = registered.split('-');
  const [typedYear = '', typedMonth = '', typedDay = ''] = typed.split('-');
  if (typedYear !== year || !partAgrees(typedMonth, month) || !partAgrees(typedDay, day)) return null;
  if (month === '00') return day === '00' ? 'unknown-day-and-month' : 'unknown-month';
  return day === '00' ? 'unknown-day' : 'exact';
}

function partAgrees(typed: string, registered: string): boolean {
  return typed === registered || (registered === '00' && typed === '01');
}

/**
 * Age in full years on a day, both `yyyy-mm-dd`. A person whose day or month of birth is unknown is not counted
 * older than is certain: the age is reached once the whole month, or the whole year, is over. Born on
 * 29 February, one is a year older on 1 March of an ordinary year.
 */
export function ageOn(birthDate: string, today: string): number {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const birthday = `${month === '00' ? '12' : month}-${day === '00' || month === '00' ? '32' : day}`;
  const years = Number(today.slice(0, 4)) - Number(year);
  return today.slice(5) >= birthday ? years : years - 1;
}
