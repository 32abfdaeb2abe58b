import type { Policy } from '#src/policy/schema.ts';

/** Civil days, `yyyy-mm-dd`, both included. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

/** For how many months payments are read, where a policy counts statements instead. */
const usualMonths = 27;

/**
 * The days of which payments may be shown: the month of `today` (`yyyy-mm-dd`) and those before it, up to the number of
 * the policy. A policy that counts statements narrows it further, once the payments are known (`shownMonths`).
 */
export function paymentWindow(rule: Policy['account']['payments'], today: string): Period {
  const months = 'months' in rule ? rule.months : usualMonths;
  const first = Temporal.PlainDate.from(today)
    .with({ day: 1 })
    .subtract({ months: months - 1 });
  return { from: first.toString(), until: today };
}

/** The months (`yyyy-mm`) with a payment that may be shown, the newest first; `days`: of the payments, in any order. */
export function shownMonths(rule: Policy['account']['payments'], days: readonly string[]): readonly string[] {
  const months = [...new Set(days.map((day) => day.slice(0, 7)))].sort().reverse();
  return 'statements' in rule ? months.slice(0, rule.statements) : months;
}
