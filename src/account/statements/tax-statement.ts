import { nameOf } from '#src/account/payments/filter-form.ts';
import type { SeenPayment, SeenPerson } from '#src/account/payments/seen.ts';
import { kindTexts, listTexts } from '#src/account/payments/texts.ts';
import type { Statement } from '#src/account/statements/paper.ts';
import { documentTexts } from '#src/account/statements/texts.ts';
import { type Block, heading, paragraph } from '#src/documents/block.ts';
import type { PaymentKind } from '#src/reimbursement/payment.ts';
import { sharesOf } from '#src/reimbursement/shares.ts';
import { capsUsed, type KindSum, sumsByKind } from '#src/reimbursement/totals.ts';
import { formatDayInFigures } from '#src/texts/civil-days.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatAmount, formatEuros } from '#src/texts/money.ts';

/** Kinds of which a tax return asks. */
const benefits: readonly PaymentKind[] = ['daily-allowance', 'invalidity-pension', 'work-accident-pension'];

/** What a year paid: allowances and pensions, then reimbursements, then what was kept back. */
export function taxStatement(
  {
    insured,
    people,
    payments,
    year,
    until,
  }: {
    readonly insured: string;
    readonly people: readonly SeenPerson[];
    readonly payments: readonly SeenPayment[];
    readonly year: number;
    /** The last day that it is about. */
    readonly until: string;
  },
  voice: Voice,
): Statement {
  const t = documentTexts[voice];
  const isBenefit = ({ kind }: SeenPayment) => benefits.includes(kind);
  const received = payments.filter((payment) => isBenefit(payment) && payment.thirdParty === null);
  const toOthers = payments.filter((payment) => isBenefit(payment) && payment.thirdParty !== null);
  const care = payments.filter((payment) => !isBenefit(payment));
  const days = t.days(formatDayInFigures(`${year}-01-01`), formatDayInFigures(until));
  const sums = (caption: string, list: readonly SeenPayment[]) =>
    sumsTable(caption, sumsByKind(list), people, voice);
  const blocks: Block[] = [
    {
      kind: 'properties',
      caption: t.about,
      rows: [
        { name: t.insured, value: insured },
        { name: t.period, value: days },
      ],
    },
    ...(received.length > 0
      ? [sums(t.declared, received), paragraph(t.declaredWhat)]
      : [heading(t.declared), paragraph(t.declaredNone)]),
    ...(toOthers.length > 0 ? [sums(t.toOthers, toOthers)] : []),
    ...(care.length > 0
      ? [sums(t.reimbursed, care), paragraph(t.reimbursedWhat)]
      : [heading(t.reimbursed), paragraph(t.reimbursedNone)]),
    ...capBlocks(people, payments, year, voice),
  ];
  if (payments.some(({ hidesSomebody }) => hidesSomebody)) blocks.push(paragraph(t.hidden));
  return { name: `releve-fiscal-${year}`, title: t.tax(year), blocks };
}

function sumsTable(
  caption: string,
  sums: readonly KindSum[],
  people: readonly SeenPerson[],
  voice: Voice,
): Block {
  const t = documentTexts[voice];
  return {
    kind: 'table',
    caption,
    columns: [
      { heading: t.person, share: 3 },
      { heading: t.kind, share: 4 },
      { heading: t.amount, share: 2, align: 'right' },
    ],
    rows: sums.map(({ rank, kind, amount }) => [
      nameOf(
        people.find((person) => person.rank === rank),
        voice,
      ),
      kindTexts[voice].several[kind],
      formatAmount(amount, voice),
    ]),
  };
}

function capBlocks(
  people: readonly SeenPerson[],
  payments: readonly SeenPayment[],
  year: number,
  voice: Voice,
): Block[] {
  const t = documentTexts[voice];
  const shared = payments.map((payment) => ({ paidOn: payment.paidOn, shares: sharesOf(payment) }));
  const used = capsUsed(
    shared,
    year,
    people.map(({ rank }) => rank),
  ).filter((use) => use.used > 0);
  if (used.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: t.caps,
      columns: [
        { heading: t.person, share: 3 },
        { heading: t.kind, share: 4 },
        { heading: t.amount, share: 2, align: 'right' },
      ],
      rows: used.map(({ rank, kind, used: kept, cap }) => [
        nameOf(
          people.find((person) => person.rank === rank),
          voice,
        ),
        listTexts[voice].capKinds[kind],
        t.capOf(formatEuros(kept, voice), formatEuros(cap, voice)),
      ]),
    },
  ];
}
