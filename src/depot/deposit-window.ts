import type { Policy } from '#src/policy/schema.ts';
import type { Period } from '#src/reimbursement/window.ts';
import { parisDay } from '#src/time/paris.ts';

/** Kept whatever the policy shows: it may show more from one day to the next. */
const keptMonths = 27;

/**
 * The days whose payments are taken and kept: from the first month that a policy may show to tomorrow, for a sender’s
 * clock that is ahead.
 */
export function depositWindow({ account: { payments } }: Pick<Policy, 'account'>, now: Date): Period {
  const today = parisDay(now);
  const months = 'months' in payments ? Math.max(payments.months, keptMonths) : keptMonths;
  return {
    from: today.with({ day: 1 }).subtract({ months }).toString(),
    until: today.add({ days: 1 }).toString(),
  };
}
