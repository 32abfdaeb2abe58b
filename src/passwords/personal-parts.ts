import { fold, squeeze } from './folding.ts';

const months = [
  ['janvier', 'janv', 'jan', 'january'],
  ['fevrier', 'fevr', 'fev', 'february', 'feb'],
  ['mars', 'march', 'mar'],
  ['avril', 'avr', 'april', 'apr'],
  ['mai', 'may'],
  ['juin', 'june', 'jun'],
  ['juillet', 'juil', 'july', 'jul'],
  ['aout', 'aou', 'august', 'aug'],
  ['septembre', 'sept', 'sep', 'september'],
  ['octobre', 'oct', 'october'],
  ['novembre', 'nov', 'november'],
  ['decembre', 'dec', 'december'],
];

/**
 * The ways of writing a birth date, or a part of it that points to the person, folded and without separators.
 *
 * Parts that count: the year in four digits; day and month, month and two-digit year, each in both orders;
 * the whole date in every order, with a two- or four-digit year, with or without leading zeros; the month in
 * digits or in words, whole or abbreviated, French or English. A day, a month or a two-digit year alone does
 * not count: almost every password would be refused. `birthDate` is `yyyy-mm-dd`; what civil status does not
 * know (`00`) is left out.
 */
export function birthDateWritings(birthDate: string): ReadonlySet<string> {
  const [year = '', month = '00', day = '00'] = birthDate.split('-');
  const names = months[Number(month) - 1] ?? [];
  const years = Number(year) === 0 ? [] : [year, year.slice(2)];
  const paddedMonths = names.length === 0 ? [] : [month, ...names];
  const paddedDays = day === '00' ? [] : [day];
  const allMonths = withoutZero(paddedMonths);
  const allDays = withoutZero(paddedDays).concat(day === '01' ? ['1er', '1st'] : []);

  const writings = [
    ...years,
    ...join(paddedDays, paddedMonths),
    ...join(paddedMonths, paddedDays),
    ...join(allDays, names),
    ...join(names, allDays),
    ...join(paddedMonths, years),
    ...join(years, paddedMonths),
    ...join(allDays, allMonths, years),
    ...join(allMonths, allDays, years),
    ...join(years, allMonths, allDays),
    ...join(years, allDays, allMonths),
  ];
  return new Set(writings.filter((writing) => writing.length >= 4));
}

/** Every run of six characters of the NIR: the whole number, its serial and any telling piece contain one. */
function nirPieces(nir: string): ReadonlySet<string> {
  const characters = squeeze(nir);
  const count = Math.max(0, characters.length - 5);
  return new Set(Array.from({ length: count }, (_, start) => characters.slice(start, start + 6)));
}

/** What a password must not contain of the NIR and of the birth date, as `squeeze` leaves a password. */
export function personalParts(nir: string, birthDate: string): readonly string[] {
  return [...nirPieces(nir), ...birthDateWritings(birthDate)];
}

/** Whether a password contains the NIR, a piece of it, or the birth date in a common writing. */
export function containsNirOrBirthDate(password: string, nir: string, birthDate: string): boolean {
  const squeezed = squeeze(password);
  return personalParts(nir, birthDate).some((part) => squeezed.includes(part));
}

/**
 * Whether a password contains a name of the person or the name part of their address.
 *
 * Words of four letters or more count anywhere in the password, words of three letters («Léa») only when
 * they stand alone, shorter ones («de», «Le») never.
 */
export function containsName(password: string, names: readonly string[], email: string | null): boolean {
  const localPart = email?.slice(0, email.lastIndexOf('@')) ?? '';
  const words = [...names, localPart].flatMap((name) => [...fold(name).split(/[^a-z]+/), squeeze(name)]);
  const squeezed = squeeze(password);
  const standing = fold(password).split(/[^a-z]+/);
  return words.some((word) => (word.length >= 4 ? squeezed.includes(word) : isShortName(word, standing)));
}

function isShortName(word: string, standing: readonly string[]): boolean {
  return word.length === 3 && standing.includes(word);
}

function withoutZero(parts: readonly string[]): string[] {
  return [...new Set(parts.flatMap((part) => [part, part.replace(/^0/, '')]))];
}

function join(...lists: readonly (readonly string[])[]): string[] {
  return lists.reduce<string[]>(
    (heads, list) => heads.flatMap((head) => list.map((part) => head + part)),
    [''],
  );
}
