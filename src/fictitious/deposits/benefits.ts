import type { BenefitLine, Payment, PaymentKind } from '#src/reimbursement/payment.ts';

/** A pension or an allowance that somebody gets over the years. */
export type Benefit =
  | { readonly kind: 'daily-allowance'; readonly daily: number; readonly employer: string }
  | { readonly kind: 'invalidity-pension'; readonly monthly: number }
  | { readonly kind: 'work-accident-pension'; readonly quarterly: number };

/** The months of sick leave, of every year. */
const sickMonths = [10, 11];

/** What is paid of a benefit in a civil year, in the order of the days. */
export function benefitPayments(benefit: Benefit, year: number): readonly Payment[] {
  const months = Array.from({ length: 12 }, (_, index) =>
    Temporal.PlainDate.from({ year, month: index + 1, day: 1 }),
  );
  switch (benefit.kind) {
    // The employer goes on paying the wage, and gets the allowances (subrogation).
    case 'daily-allowance':
      return months
        .filter(({ month }) => sickMonths.includes(month))
        .flatMap((first) => [first, first.add({ days: 14 })])
        .map((from) => {
          const until = from.add({ days: 13 });
          const line = {
            label: 'Indemnités journalières maladie',
            daily: benefit.daily,
            reimbursed: 14 * benefit.daily,
          };
          return payment(benefit.kind, until.add({ days: 5 }), { ...line, from, until }, benefit.employer);
        });
    case 'invalidity-pension':
      return months.map((first) => {
        const from = first.subtract({ months: 1 });
        const until = first.subtract({ days: 1 });
        const line = { label: 'Pension d’invalidité, catégorie 2', daily: null, reimbursed: benefit.monthly };
        return payment(benefit.kind, first.add({ days: 5 }), { ...line, from, until }, null);
      });
    case 'work-accident-pension':
      return months
        .filter(({ month }) => month % 3 === 1)
        .map((first) => {
          const from = first.subtract({ months: 3 });
          const until = first.subtract({ days: 1 });
          const line = { label: 'Rente d’accident du travail', daily: null, reimbursed: benefit.quarterly };
          return payment(benefit.kind, first.add({ days: 9 }), { ...line, from, until }, null);
        });
  }
}

type Line = Pick<BenefitLine, 'label' | 'daily' | 'reimbursed'> &
  Record<'from' | 'until', Temporal.PlainDate>;

function payment(
  kind: PaymentKind,
  paidOn: Temporal.PlainDate,
  { from, until, ...line }: Line,
  thirdParty: string | null,
): Payment {
  const period = { from: from.toString(), until: until.toString() };
  return {
    kind,
    paidOn: paidOn.toString(),
    amount: line.reimbursed,
    thirdParty,
    lines: [{ kind: 'benefit', rank: 1, ...line, ...period }],
    deductions: [],
  };
}
