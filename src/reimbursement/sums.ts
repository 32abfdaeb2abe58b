import type { BenefitLine, CareLine, Payment } from '#src/reimbursement/payment.ts';

/** What does not add up in a payment; the field is a path as senders write it. */
export interface SumProblem {
  readonly field: string;
  readonly code: 'amount' | 'line-sum' | 'more-than-paid' | 'line-days' | 'line-kind' | 'recipient';
}

/** Rounded up or down: senders round each line in their own way. */
const tolerated = 1;

/** Whether a sum is the base of an act at its rate, as far as cents go. */
export function followsFromRate({ base, rate }: Pick<CareLine, 'base' | 'rate'>, cents: number): boolean {
  return isAbout((base * rate) / 100, cents);
}

/** Rates may have decimals: the margin is wider than what floating point loses. */
function isAbout(due: number, cents: number): boolean {
  return Math.abs(cents - due) <= tolerated + 1e-6;
}

/**
 * The first thing that a person could not recompute: null when the payment adds up.
 *
 * - Its amount is what its lines reimburse, without what was kept back.
 * - An act reimburses its base at its rate, within a cent, and never more than was paid for it.
 * - An allowance is at most its daily amount for each day of its period: what is withheld at source has no line.
 * - No act is later than its payment, and no period ends before it begins.
 * - Care is paid to the insured or to a third party, who has a name; the other kinds have benefits as lines.
 */
export function sumProblem(payment: Payment): SumProblem | null {
  const { lines, deductions, paidOn } = payment;
  for (const [index, line] of lines.entries()) {
    const field = `payment.lines.${index}`;
    const isCare = payment.kind === 'care' || payment.kind === 'third-party';
    if (isCare !== (line.kind === 'care')) return { field: `${field}.kind`, code: 'line-kind' };
    const problem = line.kind === 'care' ? careProblem(line, paidOn) : benefitProblem(line);
    if (problem) return { field: `${field}.${problem.field}`, code: problem.code };
  }
  for (const [index, { actOn }] of deductions.entries())
    if (actOn > paidOn) return { field: `payment.deductions.${index}.actOn`, code: 'line-days' };
  if ((payment.kind === 'care' && payment.thirdParty !== null) || lacksThirdParty(payment))
    return { field: 'payment.thirdParty', code: 'recipient' };
  return payment.amount === total(payment) ? null : { field: 'payment.amount', code: 'amount' };
}

function lacksThirdParty({ kind, thirdParty }: Payment): boolean {
  return kind === 'third-party' && thirdParty === null;
}

function total({ lines, deductions }: Payment): number {
  const reimbursed = lines.reduce((sum, line) => sum + line.reimbursed, 0);
  return deductions.reduce((sum, { amount }) => sum - amount, reimbursed);
}

function careProblem({ caredOn, paid, base, rate, reimbursed }: CareLine, paidOn: string): SumProblem | null {
  if (caredOn > paidOn) return { field: 'caredOn', code: 'line-days' };
  if (reimbursed > paid) return { field: 'reimbursed', code: 'more-than-paid' };
  const due = Math.min((base * rate) / 100, paid);
  return isAbout(due, reimbursed) ? null : { field: 'reimbursed', code: 'line-sum' };
}

function benefitProblem({ from, until, daily, reimbursed }: BenefitLine): SumProblem | null {
  if (until < from) return { field: 'until', code: 'line-days' };
  if (daily === null) return null;
  return reimbursed > daily * daysOf({ from, until }) + tolerated
    ? { field: 'reimbursed', code: 'line-sum' }
    : null;
}

/** How many days an allowance is for, the first and the last included. */
export function daysOf({ from, until }: Pick<BenefitLine, 'from' | 'until'>): number {
  return Temporal.PlainDate.from(from).until(until, { largestUnit: 'days' }).days + 1;
}
