import { nameOf, type PaymentFilter } from '#src/account/payments/filter-form.ts';
import type { SeenPayment, SeenPerson } from '#src/account/payments/seen.ts';
import { kindTexts, paymentTexts } from '#src/account/payments/texts.ts';
import { documentTexts } from '#src/account/statements/texts.ts';
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
  const head = Object.values(documentTexts[voice].csv).map(cell);
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
      cell(
        nameOf(
          people.find((person) => person.rank === of),
          voice,
        ),
      ),
      cell(label),
      formatDayInFigures(from),
      until === '' ? '' : formatDayInFigures(until),
    ];
    return [
      ...lines.map((line) => ({
        rank: line.rank,
        cells:
          line.kind === 'care'
            ? [
                ...about(line.rank, line.label, line.caredOn, ''),
                number(line.paid),
                number(line.base),
                String(line.rate).replace('.', ','),
                number(line.reimbursed),
              ]
            : [...about(line.rank, line.label, line.from, line.until), '', '', '', number(line.reimbursed)],
      })),
      ...deductions.map(({ rank: of, label, actOn, amount }) => ({
        rank: of,
        cells: [...about(of, label, actOn, ''), '', '', '', number(-amount)],
      })),
    ].flatMap((row) => (rank === null || row.rank === rank ? [row.cells] : []));
  });
  return `\ufeff${[head, ...rows].map((cells) => `${cells.join(';')}\r\n`).join('')}`;
}

/** Of cents, with a comma. */
function number(cents: number): string {
  return (cents / 100).toFixed(2).replace('.', ',');
}

/** A text as a cell: no spreadsheet takes it for a formula. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[;"\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
