import type { Policy } from '#src/policy/schema.ts';
import { type CommonPasswords, isCommon } from './common.ts';
import { containsName, containsNirOrBirthDate } from './personal-parts.ts';

export type PasswordProblem =
  | 'length-short'
  | 'length-long'
  | 'latin-letters'
  | 'digit-or-special'
  | 'characters'
  | 'personal'
  | 'names'
  | 'common';

export interface PasswordContext {
  readonly policy: Omit<Policy['password'], 'recommended'>;
  /** 13 characters, no key. */
  readonly nir: string;
  /** `yyyy-mm-dd`, `00` for a day or a month that civil status does not know. */
  readonly birthDate: string;
  readonly names: readonly string[];
  readonly email?: string | null;
}

/** Twice as long as the longest that any policy admits: nothing else of it is looked at. */
const longest = 500;

/**
 * Everything that is wrong with a password, in the order of the page; an empty list accepts it.
 *
 * Length is counted in code points after NFC (NIST SP 800-63B-4, 3.1.1.2). `mixed` asks for lower and upper
 * case letters without accents and for a digit or a special of the policy, and admits nothing else; `digits`
 * admits digits only; `free` admits everything but control characters. In every composition a password that
 * contains the NIR or the birth date (`personal`), a name or the name part of the e-mail address (`names`),
 * or that is a common one (`common`), is refused: CNIL, délibération 2022-100; OWASP ASVS 5.0, 6.2.11 and 6.2.12.
 */
export function passwordProblems(
  password: string,
  context: PasswordContext,
  common: CommonPasswords,
): readonly PasswordProblem[] {
  if (password.length > longest) return ['length-long'];
  const { policy, nir, birthDate, names, email } = context;
  const text = password.normalize('NFC');
  const length = [...text].length;
  const problems: readonly [PasswordProblem, boolean][] = [
    ['length-short', length < policy.minimum],
    ['length-long', length > policy.maximum],
    ...compositionProblems(text, policy),
    ['personal', containsNirOrBirthDate(text, nir, birthDate)],
    ['names', containsName(text, names, email ?? null)],
    ['common', length <= policy.maximum && isCommon(text, common)],
  ];
  return problems.filter(([, wrong]) => wrong).map(([problem]) => problem);
}

function compositionProblems(text: string, policy: PasswordContext['policy']): [PasswordProblem, boolean][] {
  switch (policy.composition) {
    case 'mixed': {
      const digitsAndSpecials = new Set(`0123456789${policy.specials.normalize('NFC')}`);
      const isLetter = (character: string): boolean => /^[a-zA-Z]$/.test(character);
      const characters = [...text];
      return [
        ['latin-letters', !/[a-z]/.test(text) || !/[A-Z]/.test(text)],
        ['digit-or-special', !characters.some((character) => digitsAndSpecials.has(character))],
        ['characters', !characters.every((one) => isLetter(one) || digitsAndSpecials.has(one))],
      ];
    }
    case 'digits':
      return [['characters', !/^[0-9]*$/.test(text)]];
    case 'free':
      return [['characters', /[\p{Cc}\p{Cs}]/u.test(text)]];
  }
}
