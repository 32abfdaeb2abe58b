import { nameOf } from '#src/account/payments/names.ts';
import type { SeenPayment } from '#src/account/payments/seen.ts';
import { kindTexts, listTexts } from '#src/account/payments/texts.ts';
import {
  aboutBlock,
  hiddenBlocks,
  type Statement,
  type StatementContent,
} from '#src/account/statements/paper.ts';
import { statementTexts } from '#src/account/statements/texts.ts';
import { type Block, heading, paragraph } from '#src/documents/block.ts';
import type { PaymentKind } from '#src/reimbursement/payment.ts';
import { sharesOf } from '#src/reimbursement/shares.ts';
import { capsUsed, sumsByKind } from '#src/reimbursement/totals.ts';
import { formatDayInFigures } from '#src/texts/civil-days.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatAmount, formatEuros } from '#src/texts/money.ts';

/** Kinds of which a tax return asks. */
const benefits: readonly PaymentKind[] = ['daily-allowance', 'invalidity-pension', 'work-accident-pension'];

/** What a year paid: allowances and pensions, then reimbursements, then what was kept back. */
export function taxStatement(
  { insured, people, payments }: StatementContent,
  /** `until`: the last day that it is about. */
  { year, until }: { readonly year: number; readonly until: string },
  voice: Voice,
): Statement {
  const t = statementTexts[voice];
  const isBenefit = ({ kind }: SeenPayment) => benefits.includes(kind);
  const received = payments.filter((payment) => isBenefit(payment) && payment.thirdParty === null);
  const toOthers = payments.filter((payment) => isBenefit(payment) && payment.thirdParty !== null);
  const care = payments.filter((payment) => !isBenefit(payment));
  const days = t.days(formatDayInFigures(`${year}-01-01`), formatDayInFigures(until));
  const name = (rank: number) => nameOf(people, rank, voice);
  const sums = (caption: string, list: readonly SeenPayment[]) => {
    const rows = sumsByKind(list).map(({ rank, kind, amount }) => [
      name(rank),
      kindTexts[voice].several[kind],
      formatAmount(amount, voice),
    ]);
    return byPersonTable(caption, rows, voice);
  };
  const ranks = people.map(({ rank }) => rank);
  const shared = payments.map((payment) => ({ paidOn: payment.paidOn, shares: sharesOf(payment) }));
  const caps = capsUsed(shared, year, ranks)
    .filter(({ used }) => used > 0)
    .map(({ rank, kind, used, cap }) => [
      name(rank),
      listTexts[voice].capKinds[kind],
      t.capOf(formatEuros(used, voice), formatEuros(cap, voice)),
    ]);
  const blocks: Block[] = [
    aboutBlock(insured, days, voice),
    ...(received.length > 0
      ? [sums(t.declared, received), paragraph(t.declaredWhat)]
      : [heading(t.declared), paragraph(t.declaredNone)]),
    ...(toOthers.length > 0 ? [sums(t.toOthers, toOthers)] : []),
    ...(care.length > 0
      ? [sums(t.reimbursed, care), paragraph(t.reimbursedWhat)]
      : [heading(t.reimbursed), paragraph(t.reimbursedNone)]),
    ...(caps.length > 0 ? [byPersonTable(t.caps, caps, voice)] : []),
    ...hiddenBlocks({ people, payments }, voice),
  ];
  return { name: `releve-fiscal-${year}`, title: t.tax(year), blocks };
}

/** Rows of a person, a kind and an amount. */
function byPersonTable(caption: string, rows: string[][], voice: Voice): Block {
  const t = statementTexts[voice];
  return {
    kind: 'table',
    caption,
    columns: [
      { heading: t.person, share: 3 },
      { heading: t.kind, share: 4 },
      { heading: t.amount, share: 2, align: 'right' },
    ],
    rows,
  };
}
