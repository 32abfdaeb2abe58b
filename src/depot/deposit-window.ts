import type { Policy } from '#src/policy/schema.ts';
import { type Period, paymentWindow, usualMonths } from '#src/reimbursement/window.ts';
import { parisDay } from '#src/time/paris.ts';

/**
 * The days whose payments are taken and kept: those that any policy may show, since one may show more from one day to the
 * next; and tomorrow, for a sender’s clock that is ahead.
 */
export function depositWindow({ account: { payments } }: Pick<Policy, 'account'>, now: Date): Period {
  const today = parisDay(now);
  const months = 'months' in payments ? Math.max(payments.months, usualMonths) : usualMonths;
  const { from } = paymentWindow({ months }, today.toString());
  return { from, until: today.add({ days: 1 }).toString() };
}
