import type { Insured } from '#src/register/insured.ts';
import { normalizeName } from '#src/register/names.ts';
import { sexOf } from '#src/register/nir.ts';
import type { Pivot } from '#src/register/pivot.ts';

export interface PivotMatch {
  readonly matched: boolean;
  /** How each datum agrees; null where it does not, `not-told` where the pivot identity has none. */
  readonly criteria: {
    readonly birthName: 'same' | 'shortened' | null;
    readonly givenNames: 'all' | 'first' | 'none' | null;
    readonly birthDate: 'exact' | 'presumed' | null;
    readonly birthPlace: 'same' | 'same-town' | 'former-code' | 'abroad' | 'not-told' | null;
    readonly birthCountry: 'same' | 'not-told' | null;
    readonly sex: 'same' | 'not-told' | null;
  };
  /** Whether the NIR begins as the pivot identity says it should: a sign for agents, never required. */
  readonly nirPrefix: boolean;
}

/**
 * Whether a person proved by FranceConnect is this person of the register. Never by e-mail.
 *
 * - birth name: the same letters, whatever the capitals, accents, spaces, hyphens and apostrophes; or one is the
 *   beginning of the other, from 25 letters on, since old files cut names;
 * - given names: the same, in order; or one list begins like the other (files that keep the first only). Nobody’s
 *   first given name is another’s. `none`: neither side has any;
 * - birth date: equal; a month or a day that one side does not know (00) may be 00 or 01 on the other;
 * - birth place: the same commune; an arrondissement and its town (Paris, Lyon, Marseille); Corsica before and after
 *   1976. Born abroad, neither side has one;
 * - birth country and sex (that of the NIR): the same.
 *
 * Matched: name, given names and date agree, and nothing contradicts. A place that was not told is made up for by the
 * whole list of given names. A name, a date, and at least place or country must have been told.
 */
export function matchPivot(pivot: Pivot, insured: Insured): PivotMatch {
  const criteria = {
    birthName: matchBirthName(pivot.familyName, insured.birthName),
    givenNames: matchGivenNames(pivot.givenNames, insured.givenNames),
    birthDate: matchDate(pivot.birthDate, insured.birthDate),
    birthPlace: matchPlace(pivot, insured),
    birthCountry: pivot.birthCountry === '' ? 'not-told' : same(pivot.birthCountry, insured.birthCountry),
    sex: matchSex(pivot.gender, insured.nir),
  } as const;
  const { birthPlace, birthCountry, givenNames } = criteria;
  const somewhere = birthPlace !== 'not-told' || (birthCountry === 'same' && givenNames === 'all');
  return {
    matched: Object.values(criteria).every((criterion) => criterion !== null) && somewhere,
    criteria,
    nirPrefix: nirBegins(pivot, insured.nir),
  };
}

function same(told: string, known: string): 'same' | null {
  return told === known ? 'same' : null;
}

/** From so many letters on, a name may be the beginning of one that another file keeps whole. */
const cutNames = 25;

function matchBirthName(told: string, known: string): 'same' | 'shortened' | null {
  const [shorter = '', longer = ''] = [letters(told), letters(known)].sort((a, b) => a.length - b.length);
  if (shorter === '') return null;
  if (shorter === longer) return 'same';
  return shorter.length >= cutNames && longer.startsWith(shorter) ? 'shortened' : null;
}

/** What files write for somebody who has no given name. */
const noGivenName: ReadonlySet<string> = new Set(['', 'X', 'XX', 'SANSPRENOM', 'SANS', 'NEANT', 'NONCONNU']);

export function realGivenNames(names: readonly string[]): readonly string[] {
  return names.filter((name) => !noGivenName.has(letters(name)));
}

function matchGivenNames(
  told: readonly string[],
  known: readonly string[],
): PivotMatch['criteria']['givenNames'] {
  const [shorter = [], longer = []] = [told, known]
    .map((names) => realGivenNames(names).map(letters))
    .sort((a, b) => a.length - b.length);
  if (longer.length === 0) return 'none';
  if (shorter.length === 0) return null;
  // «Jean Pierre» may be one name here and two there: what counts is where names end.
  if (shorter.join('') === longer.join('')) return 'all';
  const ends = (names: readonly string[]) => names.map((_, i) => names.slice(0, i + 1).join(''));
  const [less = '', more = []] =
    shorter.join('').length <= longer.join('').length
      ? [shorter.join(''), ends(longer)]
      : [longer.join(''), ends(shorter)];
  return more.includes(less) ? 'first' : null;
}

function matchDate(told: string, known: string): 'exact' | 'presumed' | null {
  const [year = '', month = '00', day = '00', ...more] = told.split('-');
  const [knownYear = '', knownMonth = '', knownDay = ''] = known.split('-');
  if (!/^\d{4}$/.test(year) || year !== knownYear || more.length > 0) return null;
  if (month === knownMonth && day === knownDay) return 'exact';
  return presumed(month, knownMonth) && presumed(day, knownDay) ? 'presumed' : null;
}

function presumed(told: string, known: string): boolean {
  return told === known || (/^0[01]$/.test(told) && /^0[01]$/.test(known) && told !== known);
}

const france = '99100';

function matchPlace(
  { birthPlace, birthCountry }: Pivot,
  insured: Insured,
): PivotMatch['criteria']['birthPlace'] {
  const known = insured.birthPlace;
  if (birthPlace === '') {
    if (known !== '') return 'not-told';
    return birthCountry === '' || birthCountry === france ? 'not-told' : 'abroad';
  }
  if (birthPlace === known) return 'same';
  if (known === '') return null;
  if (townOf(birthPlace) === townOf(known)) return 'same-town';
  return formerCode(birthPlace) === formerCode(known) ? 'former-code' : null;
}

/** The commune of an arrondissement of Paris, Lyon or Marseille. */
function townOf(code: string): string {
  if (/^751(0[1-9]|1\d|20)$/.test(code)) return '75056';
  if (/^6938[1-9]$/.test(code)) return '69123';
  if (/^132(0[1-9]|1[0-6])$/.test(code)) return '13055';
  return code;
}

/** As numbered before 1976, when Corsica was one département. */
function formerCode(code: string): string {
  return code.replace(/^2[AB]/, '20');
}

function matchSex(gender: string, nir: string): 'same' | 'not-told' | null {
  if (gender !== 'male' && gender !== 'female') return 'not-told';
  return gender === sexOf(nir) ? 'same' : null;
}

/** Sex, year, month and place of birth, as the NIR of most people begins. */
function nirBegins({ gender, birthDate, birthPlace, birthCountry }: Pivot, nir: string): boolean {
  const sex = gender === sexOf(nir);
  const [year = '', month = ''] = birthDate.split('-');
  const place = birthPlace === '' ? birthCountry : birthPlace;
  return sex && nir.slice(1, 5) === year.slice(2) + month && nir.slice(5, 10) === place;
}

function letters(name: string): string {
  return normalizeName(name).replace(/\P{L}/gu, '');
}
