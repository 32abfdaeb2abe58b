import { withoutPiledMarks } from '#src/texts/clean.ts';

/** Letters that Unicode does not take apart. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ['œ', 'oe'],
  ['æ', 'ae'],
  ['ß', 'ss'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['ħ', 'h'],
  ['ŧ', 't'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
]);

/** Lower case without accents or ligatures, so that «Décembre», «DECEMBRE» and «décembre» are one word. */
export function fold(text: string): string {
  return withoutPiledMarks(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøłħŧđðþı]/g, (letter) => plainLetters.get(letter) ?? letter);
}

/** A folded text with its letters and digits only: `18/12-1962` and `18 12 1962` become one. */
export function squeeze(text: string): string {
  return fold(text).replace(/[^a-z0-9]/g, '');
}
