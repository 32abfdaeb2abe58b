import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attestationTexts } from '#src/account/attestation/texts.ts';
import { correspondenceTexts } from '#src/account/correspondence/texts.ts';
import { accountDetailsTexts } from '#src/account/details/texts.ts';
import { documentTexts } from '#src/account/documents/texts.ts';
import { emailTexts } from '#src/account/email/texts.ts';
import { cardTexts } from '#src/account/european-card/texts.ts';
import { accountHomeTexts } from '#src/account/home/texts.ts';
import { messageTexts, writeTexts } from '#src/account/messages/texts.ts';
import { filterTexts, listTexts, paymentTexts } from '#src/account/payments/texts.ts';
import { statementTexts } from '#src/account/statements/texts.ts';
import { accountTexts } from '#src/account/texts.ts';
import { explanationTexts } from '#src/reimbursement/explanation-texts.ts';
import { forgottenTexts } from '#src/sign-in/forgotten/texts.ts';
import { signInTexts } from '#src/sign-in/texts.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';

/** Every text of a catalogue; what takes arguments is given one word each, in a list that reads as it. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function')
    return [String(value(['mot'], ['mot'], ['mot'], { cap: 'mot', inADay: 'mot' }))];
  return value instanceof Object ? Object.values(value).flatMap(textsOf) : [];
}

test('what people read follows French typography', () => {
  const texts = [
    accountTexts,
    signInTexts,
    forgottenTexts,
    accountHomeTexts,
    accountDetailsTexts,
    emailTexts,
    messageTexts,
    writeTexts,
    filterTexts,
    listTexts,
    paymentTexts,
    statementTexts,
    documentTexts,
    attestationTexts,
    cardTexts,
    correspondenceTexts,
    explanationTexts,
  ].flatMap(({ fr, 'fr-plain': plain }) => [...textsOf(fr), ...textsOf(plain)]);
  assert.ok(texts.length > 50);
  assert.deepEqual(texts.flatMap(frenchTypographyFaults), []);
});
