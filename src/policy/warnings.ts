import type { Policy } from '#src/policy/schema.ts';

export interface PolicyWarning {
  /** The field of the policy file. */
  readonly rule: string;
  readonly text: string;
}

type Judged = Pick<Policy, 'password' | 'proof' | 'codes' | 'confirmation' | 'limits' | 'session'>;

/** Letters of both cases and digits; digits; or, where nothing is asked, what the laziest type: lower case. */
const alphabets: Record<Policy['password']['composition'], number> = { mixed: 62, digits: 10, free: 26 };

/** Letters and digits that are not mistaken for one another. */
const readableSigns = 28;

/**
 * Where a policy is weaker than what is asked of a password that attempt limits protect (CNIL, délibération
 * 2022-100: 50 bits, no more than 10 failures in a row) or than OWASP ASVS 5.0. It may be used, knowingly.
 */
export function policyWarnings({
  password,
  proof,
  codes,
  confirmation,
  limits,
  session,
}: Judged): PolicyWarning[] {
  const warnings: PolicyWarning[] = [];
  const warn = (rule: string, text: string) => warnings.push({ rule, text });

  const bits = password.minimum * Math.log2(alphabets[password.composition]);
  if (bits < 50) {
    const shortest = `${password.minimum} characters (${password.composition})`;
    warn(
      'password.minimum',
      `${shortest} are ${bits.toFixed(1)} bits; the CNIL asks 50 (délibération 2022-100)`,
    );
  }
  if (password.minimum < 8) warn('password.minimum', 'OWASP ASVS 5.0 (6.2.1) asks at least 8 characters');
  if (password.composition !== 'free') {
    warn('password.composition', 'OWASP ASVS 5.0 (6.2.5) asks for no rule on the kinds of characters');
  }
  if (password.maximum < 64) {
    warn(
      'password.maximum',
      `${password.maximum} characters at most; OWASP ASVS 5.0 (6.2.9) asks to allow 64`,
    );
  }
  if (proof.ibanShown === 'masked') {
    warn(
      'proof.ibanShown',
      'showing part of the IBAN leaves 16.6 bits to guess, or less; 23.2 with nothing shown',
    );
  }
  for (const [rule, signs, alphabet] of [
    ['codes.sms.digits', codes.sms.digits, 10],
    ['codes.email.digits', codes.email.digits, 10],
    ['codes.letter.length', codes.letter.length, codes.letter.form === 'digits' ? 10 : readableSigns],
  ] as const) {
    const worth = signs * Math.log2(alphabet);
    if (worth < 20)
      warn(
        rule,
        `a provisional code of ${signs} is ${worth.toFixed(1)} bits: one chance in ${Math.floor(alphabet ** signs / codes.tries)} with ${codes.tries} tries; OWASP ASVS 5.0 (6.5.4) asks 20 bits`,
      );
  }
  if (confirmation.codeDigits * Math.log2(10) < 20 && confirmation.codeTries > 5) {
    warn('confirmation.codeTries', 'more than 5 tries for a code under 20 bits (OWASP ASVS 5.0, 6.5.4)');
  }
  const slowed = limits.signInDelays.some(({ failures, seconds }) => failures <= 10 && seconds > 0);
  if (!slowed && limits.signInDisabledAfter > 10) {
    warn('limits.signInDelays', 'the CNIL asks for a delay or a lock after at most 10 failures in a row');
  }
  const { enrolmentIdleMinutes: idle, enrolmentAbsoluteMinutes: most } = session;
  if (most < 10 * idle) {
    warn(
      'session.enrolmentAbsoluteMinutes',
      `${most} minutes are fewer than ten extensions of ${idle}; WCAG 2.2.1 (RGAA 13.1) asks for ten`,
    );
  }
  return warnings;
}
