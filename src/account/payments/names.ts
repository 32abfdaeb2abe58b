import type { SeenPerson } from '#src/account/payments/seen.ts';
import { filterTexts, paymentTexts } from '#src/account/payments/texts.ts';
import type { Deduction } from '#src/reimbursement/payment.ts';
import type { Voice } from '#src/texts/language.ts';

/** How somebody is named among others: the insured as «vous» while nobody has said their name. */
export function nameOf(people: readonly SeenPerson[], rank: number, voice: Voice): string {
  return people.find((person) => person.rank === rank)?.name ?? filterTexts[voice].you;
}

/** Whether a caisse has said who is insured together. */
export function knowsFamily(people: readonly SeenPerson[]): boolean {
  return people.some(({ name }) => name !== null);
}

/** What was kept back, and of which act: a sender’s label names the one or the other. */
export function deductionName({ kind, label }: Pick<Deduction, 'kind' | 'label'>, voice: Voice): string {
  const { kinds, kept } = paymentTexts[voice];
  return label.toLowerCase().startsWith(kinds[kind].toLowerCase()) ? label : kept(kinds[kind], label);
}
