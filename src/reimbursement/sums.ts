import type { BenefitLine, CareLine, Deduction, Payment } from '#src/reimbursement/payment.ts';
import { dailyCap, deductionRate, yearlyCap } from '#src/reimbursement/rates.ts';

/** What does not add up in a payment; the field is a path as senders write it. */
export interface SumProblem {
  readonly field: string;
  readonly code:
    | 'amount'
    | 'line-sum'
    | 'more-than-paid'
    | 'line-days'
    | 'line-kind'
    | 'recipient'
    | 'deduction';
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
 * - No act is later than its payment; no period begins later, ends more than a month later, or before it begins.
 * - What is kept back of an act is what such acts have on that day, within what a person has in a day and in a year.
 * - Care is paid to the insured or to a third party, who has a name; the other kinds have benefits as lines.
 */
export function sumProblem(payment: Payment): SumProblem | null {
  const { lines, deductions, paidOn } = payment;
  for (const [index, line] of lines.entries()) {
    const field = `payment.lines.${index}`;
    const isCare = payment.kind === 'care' || payment.kind === 'third-party';
    if (isCare !== (line.kind === 'care')) return { field: `${field}.kind`, code: 'line-kind' };
    const problem = line.kind === 'care' ? careProblem(line, paidOn) : benefitProblem(line, paidOn);
    if (problem) return { field: `${field}.${problem.field}`, code: problem.code };
  }
  const wrong = deductionProblem(deductions, paidOn);
  if (wrong) return wrong;
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

/** The first deduction that is of no act that has one, or more than a person has. */
function deductionProblem(deductions: readonly Deduction[], paidOn: string): SumProblem | null {
  const kept = new Map<string, number>();
  /** Adds to a sum; whether it is more than it may be. */
  const exceeds = (name: readonly unknown[], amount: number, most: number | null): boolean => {
    const key = name.join(' ');
    const sum = (kept.get(key) ?? 0) + amount;
    kept.set(key, sum);
    return most !== null && sum > most;
  };
  for (const [index, { kind, act, rank, actOn, amount }] of deductions.entries()) {
    const field = `payment.deductions.${index}`;
    if (actOn > paidOn) return { field: `${field}.actOn`, code: 'line-days' };
    if (deductionRate(act, actOn)?.kind !== kind) return { field: `${field}.kind`, code: 'deduction' };
    const year = actOn.slice(0, 4);
    const isMuch = [
      exceeds([rank, kind, year], amount, yearlyCap(kind, Number(year))),
      exceeds([rank, act, actOn], amount, dailyCap(act, actOn)),
    ];
    if (isMuch.includes(true)) return { field: `${field}.amount`, code: 'deduction' };
  }
  return null;
}

/** A pension of a month may be paid before its end. */
const daysAhead = 31;

function benefitProblem({ from, until, daily, reimbursed }: BenefitLine, paidOn: string): SumProblem | null {
  if (from > paidOn) return { field: 'from', code: 'line-days' };
  const last = Temporal.PlainDate.from(paidOn).add({ days: daysAhead }).toString();
  if (until > last) return { field: 'until', code: 'line-days' };
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
