import { explanationTexts } from '#src/reimbursement/explanation-texts.ts';
import type { BenefitLine, CareLine, Deduction, Payment, PaymentLine } from '#src/reimbursement/payment.ts';
import { daysOf, followsFromRate } from '#src/reimbursement/sums.ts';
import { formatDayInFigures } from '#src/texts/civil-days.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatEuros, formatPercent } from '#src/texts/money.ts';

export interface ExplainedLine {
  readonly line: PaymentLine;
  /** What was paid out for it, without what was kept back; in cents. */
  readonly given: number;
  readonly text: string;
}

/** How a payment came about, in sentences. */
export interface Explanation {
  /** For each of its lines, in their order. */
  readonly lines: readonly ExplainedLine[];
  /** For what was kept back of acts that no line is about. */
  readonly others: readonly { readonly deduction: Deduction; readonly text: string }[];
  /** Of all together; null where one line says it. */
  readonly all: string | null;
}

/** Says of each line of a payment what was paid, what it is reckoned from, what was kept back and what was given. */
export function explainPayment(
  payment: Pick<Payment, 'lines' | 'deductions' | 'amount' | 'thirdParty'>,
  voice: Voice,
): Explanation {
  const { kept, others } = assigned(payment);
  const t = explanationTexts[voice];
  const lines = payment.lines.map((line, index) => ({
    line,
    given: line.reimbursed - (kept[index] ?? 0),
    text:
      line.kind === 'care'
        ? explainCare(line, kept[index] ?? 0, payment.thirdParty !== null, voice)
        : explainBenefit(line, voice),
  }));
  return {
    lines,
    others: others.map((deduction) => ({
      deduction,
      text: t.earlier(formatEuros(deduction.amount, voice)),
    })),
    all: lines.length + others.length > 1 ? explainAll(payment.amount, lines, others, voice) : null,
  };
}

/** The whole amount, with how it follows from the lines where something was kept back of other acts. */
function explainAll(
  amount: number,
  lines: readonly ExplainedLine[],
  others: readonly Deduction[],
  voice: Voice,
): string {
  const t = explanationTexts[voice];
  const ofLines = lines.reduce((sum, { given }) => sum + given, 0);
  const kept = others.reduce((sum, deduction) => sum + deduction.amount, 0);
  const [all, before, less] = [amount, ofLines, kept].map((cents) => formatEuros(cents, voice));
  return kept > 0 && ofLines - kept === amount
    ? t.allLess(before ?? '', less ?? '', all ?? '')
    : t.all(all ?? '');
}

function explainCare(line: CareLine, kept: number, toThirdParty: boolean, voice: Voice): string {
  const t = explanationTexts[voice];
  const euros = (cents: number) => formatEuros(cents, voice);
  const { paid, base, rate, reimbursed } = line;
  const byRate = followsFromRate(line, reimbursed) ? t.byRate : t.reimbursed;
  return [
    toThirdParty ? t.price(euros(paid)) : t.paid(euros(paid)),
    byRate(euros(base), formatPercent(rate, voice), euros(reimbursed)),
    kept > 0 && t.kept(euros(kept)),
    t.given(euros(reimbursed - kept)),
    paid > base && t.beyond(euros(paid - base)),
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

function explainBenefit({ from, until, daily, reimbursed }: BenefitLine, voice: Voice): string {
  const t = explanationTexts[voice];
  const [first, last] = [formatDayInFigures(from), formatDayInFigures(until)];
  const period =
    daily === null
      ? t.period(first, last)
      : t.daily(first, last, daysOf({ from, until }), formatEuros(daily, voice));
  return `${period} ${t.given(formatEuros(reimbursed, voice))}`;
}

/** What was kept back of each line, and the deductions that are of no line: each deduction is of one line at most. */
function assigned({ lines, deductions }: Pick<Payment, 'lines' | 'deductions'>): {
  readonly kept: readonly number[];
  readonly others: readonly Deduction[];
} {
  const kept = lines.map(() => 0);
  const others: Deduction[] = [];
  for (const deduction of deductions) {
    const index = lines.findIndex(
      (line, at) => isOf(line, deduction) && kept[at] === 0 && deduction.amount <= line.reimbursed,
    );
    if (index < 0) others.push(deduction);
    else kept[index] = deduction.amount;
  }
  return { kept, others };
}

function isOf(line: PaymentLine, { act, rank, actOn }: Deduction): boolean {
  return line.kind === 'care' && line.act === act && line.rank === rank && line.caredOn === actOn;
}
