import type { Random } from '#src/crypto/random.ts';
import { cleanCode } from '#src/texts/clean.ts';

/** Crockford’s base 32: no I, L, O or U, which are mistaken for 1, 0 and V. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Words that a code must not spell. */
const unseemly = (
  'ASS BAISE BATARD BITE CACA CON CRETIN CUL DEBILE FACHO FAG FDP FESSE FUCK GARCE GOUINE HAINE HITLER KKK MERDE ' +
  'MORT NAZI NEGRE NTM NUL PD PEDE PENIS PIPI PORC PORN PUTE RACE RAPE RATE SALE SALOP SEX SHIT SLUT SODO SOT SS ' +
  'TARE TUE VIOL ZOB'
)
  .split(' ')
  .map(folded);

/** As it looks at a glance: digits as the letters that they resemble, one letter for those mistaken for each other. */
function folded(text: string): string {
  const looks: Readonly<Record<string, string>> = {
    '0': 'O',
    '1': 'I',
    '3': 'E',
    '4': 'A',
    '5': 'S',
    '8': 'B',
    L: 'I',
    U: 'V',
  };
  return text.replace(/[013458LU]/g, (character) => looks[character] ?? character);
}

/** A random code of letters and digits that are not mistaken for one another, and that spells nothing offensive. */
export function newCharacters(random: Random, length: number): string {
  for (;;) {
    const code = [...random.bytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');
    if (isSeemly(code)) return code;
  }
}

/** Whether a code of letters and digits spells nothing offensive, even at a glance (`5` for S). */
export function isSeemly(code: string): boolean {
  const look = folded(code);
  return !unseemly.some((word) => look.includes(word));
}

/** A code in groups that can be read out: «1234 5678», «K7M2 P9X QT4». `readCode` drops the spaces. */
export function groupCode(code: string): string {
  const groups = Math.ceil(code.length / 4);
  const sizes = Array.from({ length: groups }, (_, index) => Math.ceil((code.length - index) / groups));
  let from = 0;
  return sizes
    .map((size) => {
      from += size;
      return code.slice(from - size, from);
    })
    .join(' ');
}

/** A typed code as it is compared: in capitals, without separators, and O, I, L read as the digits they stand for. */
export function readCode(typed: string): string {
  return cleanCode(typed).replaceAll('O', '0').replace(/[IL]/g, '1');
}

/** A typed code of digits only, as it is compared; `characters`: it holds something else, which is never dropped. */
export function readDigits(
  typed: string,
):
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly reason: 'empty' | 'characters' } {
  const code = readCode(typed);
  if (code === '') return { ok: false, reason: 'empty' };
  return /^\d+$/.test(code) ? { ok: true, code } : { ok: false, reason: 'characters' };
}

/** Whether a text, as `readCode` gives it, can be a code under any policy. */
export function isCodeLike(read: string): boolean {
  return (
    read.length >= 4 && read.length <= 20 && [...read].every((character) => alphabet.includes(character))
  );
}
