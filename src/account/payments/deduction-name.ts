import { paymentTexts } from '#src/account/payments/texts.ts';
import type { Deduction } from '#src/reimbursement/payment.ts';
import type { Voice } from '#src/texts/language.ts';

/** What was kept back, and of which act: a sender’s label names the one or the other. */
export function deductionName(kind: Deduction['kind'], label: string, voice: Voice): string {
  const { kinds, kept } = paymentTexts[voice];
  return label.toLowerCase().startsWith(kinds[kind].toLowerCase()) ? label : kept(kinds[kind], label);
}
