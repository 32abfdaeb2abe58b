import type { Random } from '#src/crypto/random.ts';

/** Letters and digits that nobody confuses when they read them from a wall: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
const alphabet = '34679ACDEFGHJKMNPQRTWXY';
const length = 5;

/** A code for the projector, which opens one class: 23⁵, more than six million. */
export function newClassCode(random: Random): string {
  let code = '';
  while (code.length < length) {
    // The last bytes are left out, so that every letter is as likely.
    for (const byte of random.bytes(length))
      if (byte < 253 && code.length < length) code += alphabet[byte % alphabet.length];
  }
  return code;
}

/** A typed code in its canonical form; null for what is none, whatever its letters are taken for. */
export function parseClassCode(typed: string): string | null {
  const code = typed
    .slice(0, 40)
    .toUpperCase()
    .replaceAll(/[\s.·-]/g, '');
  return code.length === length && [...code].every((letter) => alphabet.includes(letter)) ? code : null;
}
