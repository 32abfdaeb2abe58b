import type { Policy } from '#src/policy/schema.ts';

/** Civil days, `yyyy-mm-dd`, both included. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

/**
 * For how many months the Assurance Maladie shows payments (partenaires-cpam94.fr, «Mon compte ameli»): so many are kept
 * whatever a policy shows, and read where it counts statements instead.
 */
export const usualMonths = 27;

/**
 * The days of which payments may be shown: the month of `today` (`yyyy-mm-dd`) and those before it, up to the number of
 * the policy. A policy that counts statements narrows it further, once the payments are known (`firstStatementDay`).
 */
export function paymentWindow(rule: Policy['account']['payments'], today: string): Period {
  const months = 'months' in rule ? rule.months : usualMonths;
  const first = Temporal.PlainDate.from(today)
    .with({ day: 1 })
    .subtract({ months: months - 1 });
  return { from: first.toString(), until: today };
}

/**
 * The first day that is shown by a policy that counts statements: of the oldest of the latest months with a payment; null
 * where nothing is left out. `days`: of the payments, in any order.
 */
export function firstStatementDay(
  rule: Policy['account']['payments'],
  days: readonly string[],
): string | null {
  if ('months' in rule) return null;
  const months = [...new Set(days.map((day) => day.slice(0, 7)))].sort().reverse();
  return months.length > rule.statements ? `${months[rule.statements - 1]}-01` : null;
}

/** The years of which everything is shown, of those with a payment, the latest first. */
export function wholeYears({ from }: Period, days: readonly string[]): readonly number[] {
  const years = new Set(days.map((day) => Number(day.slice(0, 4))));
  return [...years].filter((year) => from <= `${year}-01-01`).sort((a, b) => b - a);
}
