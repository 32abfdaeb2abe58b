import { matchBirthDate, mayBePresumed } from '#src/civil-status/birth-date.ts';
import { matchCommunes } from '#src/civil-status/communes.ts';
import { normalizeName } from '#src/civil-status/names.ts';
import { hasMonth, sexOf } from '#src/civil-status/nir.ts';
import { type BirthPlace, france, readBirthPlace } from '#src/civil-status/place.ts';
import type { Insured } from '#src/register/insured.ts';
import type { Pivot } from '#src/register/pivot.ts';
import { clean } from '#src/texts/clean.ts';

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
 * - birth date: equal, but for what civil status does not know, however either side writes it (`matchBirthDate`);
 *   FranceConnect may leave out an unknown day or month;
 * - birth place: the same commune; an arrondissement and its town; a code and a former one, by the official list
 *   (`matchCommunes`). Born abroad, neither side has one, and what stands for a foreign town says nothing;
 * - birth country and sex (that of the NIR): the same.
 *
 * Matched: name, given names and date agree, and nothing contradicts. A place that was not told is made up for by the
 * whole list of given names. A name, a date, and at least place or country must have been told.
 */
export function matchPivot(pivot: Pivot, insured: Insured): PivotMatch {
  const pivotPlace = readBirthPlace(pivot.birthPlace, pivot.birthCountry);
  const registeredPlace = readBirthPlace(insured.birthPlace, insured.birthCountry);
  const criteria = {
    birthName: matchBirthName(pivot.familyName, insured.birthName),
    givenNames: matchGivenNames(pivot.givenNames, insured.givenNames),
    birthDate: matchDate(pivot.birthDate, insured),
    birthPlace: matchPlace(pivotPlace, registeredPlace, insured.birthDate),
    birthCountry:
      pivotPlace.birthCountry === ''
        ? 'not-told'
        : same(pivotPlace.birthCountry, registeredPlace.birthCountry),
    sex: matchSex(pivot.gender, insured.nir),
  } as const;
  const { birthPlace, birthCountry, givenNames } = criteria;
  const somewhere = birthPlace !== 'not-told' || (birthCountry === 'same' && givenNames === 'all');
  return {
    matched: Object.values(criteria).every((criterion) => criterion !== null) && somewhere,
    criteria,
    nirPrefix: nirBegins(pivot, pivotPlace, insured.nir),
  };
}

function same(sent: string, registered: string): 'same' | null {
  return sent === registered ? 'same' : null;
}

/** From this number of letters on, a name may be the start of one that another file has in full. */
const cutNames = 25;

function matchBirthName(sent: string, registered: string): 'same' | 'shortened' | null {
  const [shorter = '', longer = ''] = [letters(sent), letters(registered)].sort(
    (a, b) => a.length - b.length,
  );
  if (shorter === '') return null;
  if (shorter === longer) return 'same';
  return shorter.length >= cutNames && longer.startsWith(shorter) ? 'shortened' : null;
}

/** What files contain for a person without a given name. */
const noGivenName: ReadonlySet<string> = new Set(['', 'X', 'XX', 'SANSPRENOM', 'SANS', 'NEANT', 'NONCONNU']);

export function realGivenNames(names: readonly string[]): readonly string[] {
  return names.filter(isGivenName);
}

/** Whether something is a name, not what files write where there is none. */
function isGivenName(name: string): boolean {
  return !noGivenName.has(letters(name));
}

/** The first word of the given names, as names are compared; empty where there is none. */
export function firstGivenWord(names: readonly string[]): string {
  for (const name of names) {
    const normalized = normalizeName(name);
    const [word = ''] = noGivenName.has(onlyLetters(normalized)) ? [] : normalized.split(' ');
    if (word !== '') return word;
  }
  return '';
}

function matchGivenNames(
  sent: readonly string[],
  registered: readonly string[],
): PivotMatch['criteria']['givenNames'] {
  const [shorter = [], longer = []] = [sent, registered]
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

function matchDate(sent: string, registered: Insured): 'exact' | 'presumed' | null {
  const [, year, month = '00', day = '00'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(clean(sent)) ?? [];
  if (year === undefined) return null;
  const match = matchBirthDate(`${year}-${month}-${day}`, registered.birthDate, mayBePresumed(registered));
  if (match === null) return null;
  return `${year}-${month}-${day}` === registered.birthDate ? 'exact' : 'presumed';
}

function matchPlace(
  sent: BirthPlace,
  registered: BirthPlace,
  bornOn: string,
): PivotMatch['criteria']['birthPlace'] {
  if (sent.birthPlace === '') {
    if (registered.birthPlace !== '') return 'not-told';
    return sent.birthCountry === '' || sent.birthCountry === france ? 'not-told' : 'abroad';
  }
  if (registered.birthPlace === '') return registered.birthCountry === france ? 'not-told' : null;
  return matchCommunes(sent.birthPlace, registered.birthPlace, bornOn);
}

function matchSex(gender: string, nir: string): 'same' | 'not-told' | null {
  if (gender !== 'male' && gender !== 'female') return 'not-told';
  return gender === sexOf(nir) ? 'same' : null;
}

/** Sex, year, month (where it has one) and place of birth, as the NIR of most people begins. */
function nirBegins({ gender, birthDate }: Pivot, sent: BirthPlace, nir: string): boolean {
  const [year = '', month = ''] = birthDate.split('-');
  const numbered = readBirthPlace(nir.slice(5, 10), '');
  const place =
    sent.birthPlace === ''
      ? numbered.birthCountry === sent.birthCountry && numbered.birthPlace === ''
      : matchCommunes(sent.birthPlace, numbered.birthPlace, birthDate) !== null;
  const sameMonth = !hasMonth(nir) || nir.slice(3, 5) === month;
  return gender === sexOf(nir) && nir.slice(1, 3) === year.slice(2) && sameMonth && place;
}

function letters(name: string): string {
  return onlyLetters(normalizeName(name));
}

function onlyLetters(normalized: string): string {
  return normalized.replace(/\P{L}/gu, '');
}
