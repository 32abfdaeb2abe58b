import type { PaymentFilter } from '#src/account/payments/filter-form.ts';
import { deductionName, nameOf } from '#src/account/payments/names.ts';
import type { SeenPayment, SeenPerson } from '#src/account/payments/seen.ts';
import { kindTexts, paymentTexts } from '#src/account/payments/texts.ts';
import { statementTexts } from '#src/account/statements/texts.ts';
import { csvCell as cell, csvFile } from '#src/documents/csv.ts';
import { formatDayInFigures } from '#src/texts/civil-days.ts';
import type { Voice } from '#src/texts/language.ts';

/**
 * The lines of payments for a spreadsheet: `;`, UTF-8 with its mark, numbers with a comma. The amounts of the last column add
 * up: what was kept back is negative.
 */
export function paymentsCsv(
  payments: readonly SeenPayment[],
  people: readonly SeenPerson[],
  { rank, kinds }: Pick<PaymentFilter, 'rank' | 'kinds'>,
  voice: Voice,
): string {
  const head = Object.values(statementTexts[voice].csv).map(cell);
  const chosen = payments.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  const rows = chosen.flatMap((payment) => {
    const { paidOn, kind, thirdParty, lines, deductions } = payment;
    const start = [
      formatDayInFigures(paidOn),
      kindTexts[voice].one[kind],
      thirdParty ?? paymentTexts[voice].you,
    ].map(cell);
    const about = (of: number, label: string, from: string, until: string) => [
      ...start,
      cell(nameOf(people, of, voice)),
      cell(label),
      formatDayInFigures(from),
      until === '' ? '' : formatDayInFigures(until),
    ];
    const isAsked = (row: { readonly rank: number }) => rank === null || row.rank === rank;
    return [
      ...lines
        .filter(isAsked)
        .map((line) =>
          line.kind === 'care'
            ? [
                ...about(line.rank, line.label, line.caredOn, ''),
                number(line.paid),
                number(line.base),
                String(line.rate).replace('.', ','),
                number(line.reimbursed),
              ]
            : [...about(line.rank, line.label, line.from, line.until), '', '', '', number(line.reimbursed)],
        ),
      ...deductions
        .filter(isAsked)
        .map((one) => [
          ...about(one.rank, deductionName(one, voice), one.actOn, ''),
          '',
          '',
          '',
          number(-one.amount),
        ]),
    ];
  });
  return csvFile([head, ...rows]);
}

/** Of cents, with a comma. */
function number(cents: number): string {
  return (cents / 100).toFixed(2).replace('.', ',');
}
