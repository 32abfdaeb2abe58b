import { clean } from '#src/texts/clean.ts';

/** Capital letters that Unicode does not decompose. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ['Œ', 'OE'],
  ['Æ', 'AE'],
  ['ẞ', 'SS'],
  ['Ł', 'L'],
  ['Ø', 'O'],
  ['Đ', 'D'],
  ['Ð', 'D'],
  ['Þ', 'TH'],
  ['Ħ', 'H'],
  ['Ŧ', 'T'],
]);

const particles: ReadonlySet<string> = new Set(
  'DE DU DES D LA LE LES L VAN VON DER DEN EL AL BEN IBN DA DAS DO DOS DI DEL DELLA'.split(' '),
);

/** Words of unmarked letters, one separator between them: most names, in files without accents all. */
const plainWords = /^[A-Za-z]+(?:[ '-][A-Za-z]+)*$/;

/**
 * The form in which names are compared: capitals without marks, `Œ` as OE, `ß` as SS; apostrophes, hyphens and
 * dashes of every kind are spaces, and spaces are single.
 */
export function normalizeName(name: string): string {
  if (plainWords.test(name)) return name.toUpperCase().replaceAll(/['-]/g, ' ');
  return clean(plain(plain(name).toUpperCase()))
    .replace(/[ŒÆẞŁØĐÐÞĦŦ]/g, (letter) => plainLetters.get(letter) ?? letter)
    .replace(/[-' ]+/g, ' ')
    .trim();
}

function plain(text: string): string {
  return clean(text).normalize('NFKD').replace(/\p{M}/gu, '');
}

export type NameProblem = 'empty' | 'characters' | 'too-long';

/** Longer than any real name. */
const longestName = 100;

/** Reads one name, cleaned and with typographic apostrophes: it has a letter, and at most 100 characters. */
export function parseName(
  typed: string,
): { readonly ok: true; readonly name: string } | { readonly ok: false; readonly reason: NameProblem } {
  const name = clean(typed).replaceAll("'", '’');
  if (name === '') return { ok: false, reason: 'empty' };
  if (!/\p{L}/u.test(name)) return { ok: false, reason: 'characters' };
  return name.length <= longestName ? { ok: true, name } : { ok: false, reason: 'too-long' };
}

/**
 * Which registered name the typed one matches: the birth name or the usage name (a married woman may be known under
 * either); the birth name if both match.
 *
 * - Both sides are compared in the form of `normalizeName`, so capitals, accents, hyphens and spacing do not matter,
 *   and `LEGALL` is `LE GALL`.
 * - Particles (de, la, le, d’, van, el, ben …) may be left out or added.
 * - One part of a double name is enough if it has 3 letters or more; a particle alone is not a part.
 * - The typed name is never split: otherwise a list of common names would try all of them at once.
 * - There is no approximate matching: a misspelt name does not match.
 */
export function matchName(
  typed: string,
  registered: { readonly birthName: string; readonly usageName: string | null },
): 'birth-name' | 'usage-name' | null {
  if (matches(typed, registered.birthName)) return 'birth-name';
  if (registered.usageName !== null && matches(typed, registered.usageName)) return 'usage-name';
  return null;
}

function matches(typed: string, registered: string): boolean {
  const typedName = normalizeName(typed);
  const registeredName = normalizeName(registered);
  if (letters(typedName) === '') return false;
  if (letters(typedName) === letters(registeredName)) return true;
  const part = withoutParticles(typedName);
  const whole = withoutParticles(registeredName);
  if (letters(part) === letters(whole)) return true;
  return letters(part).length >= 3 && ` ${whole} `.includes(` ${part} `);
}

function letters(normalized: string): string {
  return normalized.replace(/\P{L}/gu, '');
}

function withoutParticles(normalized: string): string {
  const kept = normalized.split(' ').filter((word) => !particles.has(word));
  return kept.length === 0 ? normalized : kept.join(' ');
}
