/** Characters invisible on a screen: controls, soft hyphens, zero widths, marks of direction, fillers, selectors. */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Spaces of every width, tabs, line ends, and the blank of Braille. */
const spaces = /[\s\u0085\u2800]+/gu;

const apostrophes =
  /[`´\u02b9-\u02c1\u02c8\u02ca\u02cb\u02ee\u2018\u2019\u201b\u2032\u2035\u055a\u05f3\u07f4\u07f5\u1fbd\u1fbf\u1ffe\ua78b\ua78c]/g;

const hyphens = /[\p{Pd}\u02d7\u2043\u2212\u2796]/gu;

/**
 * Marks piled on one letter beyond what any language writes (Unicode’s stream-safe form allows thirty). To put them in
 * their canonical order takes the square of their number.
 */
const piledMarks = /(\p{M}{10})\p{M}+/gu;

/** The text without marks that only a machine piles up: before anything is normalised. */
export function withoutPiledMarks(text: string): string {
  return text.replace(piledMarks, '$1');
}

/** Nothing, or words of ASCII and of the composed letters of French, one space between them: most of what is typed. */
const alreadyClean =
  /^(?:[!-_a-~\u00c0-\u00ff\u0152\u0153\u0178]+(?: [!-_a-~\u00c0-\u00ff\u0152\u0153\u0178]+)*)?$/;

/** Letters, digits and signs that Asian keyboards write at full width. */
const fullWidth = /[\uff01-\uff5e]/g;

/**
 * The intended text of an input, from any keyboard, file or page. Every value that is read is cleaned by this function:
 * fields of pages and of the API, rows of the register, claims, settings; for passwords there is `cleanPassword`.
 *
 * - Spaces of every kind, and line ends, are one space; none stands at either end.
 * - What cannot be seen is dropped: controls, soft hyphens, zero widths, marks of direction, NUL.
 * - Apostrophes and primes of every kind are `'`, hyphens, dashes and minus signs `-`.
 * - More than ten marks on one letter are ten.
 * - Letters and digits at full width are the ordinary ones; accents are composed (NFC).
 *
 * Nothing else is replaced: `ß`, `ı` and ligatures stay, for each parser to judge. Cleaning twice changes nothing.
 */
export function clean(typed: string): string {
  if (alreadyClean.test(typed)) return typed;
  return withoutPiledMarks(typed.toWellFormed().replace(spaces, ' ').replace(invisible, ''))
    .normalize('NFC')
    .replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(apostrophes, "'")
    .replace(hyphens, '-')
    .replace(/ +/g, ' ')
    .trim();
}

/** One character of what `clean` turns into nothing at either end. */
const blank = /^[\s\u0085\u2800\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;

/**
 * A password as it is judged, hashed and compared: composed (NFC), and without what pasting adds at either end, spaces
 * of every kind, line ends, what cannot be seen (NIST SP 800-63B-4, 3.1.1.2 allows it). Everything between counts. The
 * same at every door, when it is chosen and when it is typed again, so that one hash is enough to verify it.
 */
export function cleanPassword(typed: string): string {
  const text = typed.toWellFormed();
  let start = 0;
  let end = text.length;
  while (start < end && blank.test(text.charAt(start))) start++;
  while (end > start && blank.test(text.charAt(end - 1))) end--;
  return text.slice(start, end).normalize('NFC');
}

/**
 * A number or a code that people copy in groups, cleaned: without what separates groups (spaces, dots, hyphens,
 * apostrophes, `_`, `/`), and in capitals. Only a to z become capitals: `ß` is not SS, `ı` is not I, `ﬁ` is not FI.
 */
export function cleanCode(typed: string): string {
  return upperAscii(clean(typed).replace(/[ .\-_'/]/g, ''));
}

/** Capitals of a to z; every other letter stays. */
function upperAscii(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
