import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadPolicy } from '#src/policy/load.ts';
import { policyWarnings } from '#src/policy/warnings.ts';

const usual = loadPolicy('ameli-2025');
const strong = {
  ...usual,
  proof: { ...usual.proof, ibanShown: 'nothing' as const },
  password: { ...usual.password, minimum: 12, maximum: 128, composition: 'free' as const },
};

function rules(policy: Parameters<typeof policyWarnings>[0]): string[] {
  return policyWarnings(policy).map(({ rule }) => rule);
}

describe('policyWarnings', () => {
  test('has nothing to say of a strong policy', () => assert.deepEqual(rules(strong), []));

  test('names every weakness of the usual rules', () => {
    assert.deepEqual(rules(usual), [
      'password.minimum',
      'password.composition',
      'password.maximum',
      'proof.ibanShown',
    ]);
    assert.match(policyWarnings(usual)[0]?.text ?? '', /47\.6 bits; the CNIL asks 50/);
  });

  test('50 bits: nine mixed characters, eleven lower-case ones, sixteen digits', () => {
    const password = (minimum: number, composition: 'mixed' | 'free' | 'digits') =>
      rules({ ...strong, password: { ...strong.password, minimum, composition } }).includes(
        'password.minimum',
      );
    assert.deepEqual([password(8, 'mixed'), password(9, 'mixed')], [true, false]);
    assert.deepEqual([password(10, 'free'), password(11, 'free')], [true, false]);
    assert.deepEqual([password(15, 'digits'), password(16, 'digits')], [true, false]);
  });

  test('names each provisional code that is under 20 bits', () => {
    const { sms, email, letter } = strong.codes;
    const codes = (change: Partial<typeof strong.codes>) =>
      rules({ ...strong, codes: { ...strong.codes, ...change } });
    assert.deepEqual(codes({ sms: { ...sms, digits: 4 } }), ['codes.sms.digits']);
    assert.deepEqual(codes({ email: { ...email, digits: 6 } }), ['codes.email.digits']);
    assert.deepEqual(codes({ email: { ...email, digits: 7 } }), []);
    assert.deepEqual(codes({ letter: { ...letter, form: 'digits', length: 6 } }), ['codes.letter.length']);
    assert.deepEqual(codes({ letter: { ...letter, form: 'characters', length: 5 } }), []);
  });

  test('says in figures what four digits are worth', () => {
    const [warning] = policyWarnings({
      ...strong,
      codes: { ...strong.codes, tries: 3, sms: { digits: 4, minutes: 10 } },
    });
    assert.match(warning?.text ?? '', /13\.3 bits: one chance in 3333 with 3 tries/);
  });

  test('asks for ten extensions of the session that enrols', () => {
    const session = { ...strong.session, enrolmentAbsoluteMinutes: 149 };
    assert.deepEqual(rules({ ...strong, session }), ['session.enrolmentAbsoluteMinutes']);
  });

  test('sees the limits that are missing', () => {
    const limits = { ...usual.limits, signInDelays: [{ failures: 50, seconds: 60 }] };
    assert.deepEqual(rules({ ...strong, limits }), ['limits.signInDelays']);
    const confirmation = { ...usual.confirmation, codeDigits: 6, codeTries: 20 };
    assert.deepEqual(rules({ ...strong, confirmation }), ['confirmation.codeTries']);
  });
});
