import type { Random } from '#src/crypto/random.ts';
import { isCodeLike, newCharacters, readCode } from '#src/texts/written-code.ts';

/** 90 random bits: nobody finds one by trying, whatever the limits are. */
const length = 18;

/** The code by which anybody can check a paper. */
export function newAttestationCode(random: Random): string {
  return newCharacters(random, length);
}

/** A code as somebody copied it from paper, in groups, in small letters, O for 0; null when it cannot be one. */
export function readAttestationCode(typed: string): string | null {
  const read = readCode(typed);
  return read.length === length && isCodeLike(read) ? read : null;
}
