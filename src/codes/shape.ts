import type { CodeChannel } from '#src/codes/rules.ts';
import type { Random } from '#src/crypto/random.ts';
import type { Policy } from '#src/policy/schema.ts';
import { isCodeLike, newCharacters } from '#src/texts/written-code.ts';

/** A new code for a channel: digits or, in a posted letter, letters and digits that cannot be confused. */
export function newCode(random: Random, { codes }: Pick<Policy, 'codes'>, channel: CodeChannel): string {
  if (channel === 'sms') return random.digits(codes.sms.digits);
  if (channel === 'email') return random.digits(codes.email.digits);
  return codes.letter.form === 'digits'
    ? random.digits(codes.letter.length)
    : newCharacters(random, codes.letter.length);
}

/** Whether a code, as `readCode` returns it, has the shape of a code under this policy; few passwords have. */
export function hasCodeShape(
  code: string,
  { codes: { sms, email, letter } }: Pick<Policy, 'codes'>,
): boolean {
  if (!isCodeLike(code)) return false;
  const digits =
    letter.form === 'digits' ? [sms.digits, email.digits, letter.length] : [sms.digits, email.digits];
  if (/^\d+$/.test(code) && digits.includes(code.length)) return true;
  return letter.form === 'characters' && code.length === letter.length;
}
