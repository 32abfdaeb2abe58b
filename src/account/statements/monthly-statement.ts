import { deductionName, nameOf } from '#src/account/payments/names.ts';
import type { SeenPayment, SeenPerson } from '#src/account/payments/seen.ts';
import {
  aboutBlock,
  hiddenBlocks,
  type Statement,
  type StatementContent,
} from '#src/account/statements/paper.ts';
import { statementTexts } from '#src/account/statements/texts.ts';
import { type Block, paragraph } from '#src/documents/block.ts';
import { explainPayment } from '#src/reimbursement/explain.ts';
import { sharesOf, sumOf } from '#src/reimbursement/shares.ts';
import { formatDayInFigures, formatMonth } from '#src/texts/civil-days.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatAmount, formatPercent } from '#src/texts/money.ts';

/** What one month paid, line by line, oldest first; what was kept back of other acts is a line too, so that it adds up. */
export function monthlyStatement(
  { insured, people, payments }: StatementContent,
  /** `yyyy-mm` */
  month: string,
  voice: Voice,
): Statement {
  const t = statementTexts[voice];
  const oldestFirst = payments.toReversed();
  const named = formatMonth(month, voice);
  const concerned = people.filter(({ rank }) =>
    payments.flatMap(sharesOf).some((share) => share.rank === rank),
  );
  const blocks: Block[] = [
    aboutBlock(insured, named, voice, formatAmount(totalOf(payments), voice)),
    {
      kind: 'table',
      caption: t.payments,
      columns: [
        { heading: t.columns.paidOn, share: 2.3 },
        { heading: t.columns.act, share: 5.5 },
        { heading: t.columns.paid, share: 2.1, align: 'right' },
        { heading: t.columns.base, share: 2.1, align: 'right' },
        { heading: t.columns.rate, share: 1.4, align: 'right' },
        { heading: t.columns.given, share: 2.2, align: 'right' },
      ],
      rows: oldestFirst.flatMap((payment) => rowsOf(payment, people, voice)),
    },
    ...deductionBlocks(oldestFirst, voice),
  ];
  if (people.length > 1)
    blocks.push({
      kind: 'properties',
      caption: t.byPerson,
      rows: concerned.map(({ rank }) => ({
        name: nameOf(people, rank, voice),
        value: formatAmount(totalOf(payments, rank), voice),
      })),
    });
  blocks.push(...hiddenBlocks({ people, payments }, voice));
  return { name: `releve-${month}`, title: t.monthly(named), blocks };
}

function totalOf(payments: readonly SeenPayment[], rank: number | null = null): number {
  const shares = payments.flatMap(sharesOf);
  return sumOf(rank === null ? shares : shares.filter((share) => share.rank === rank));
}

function rowsOf(payment: SeenPayment, people: readonly SeenPerson[], voice: Voice): string[][] {
  const t = statementTexts[voice];
  const paidOn = formatDayInFigures(payment.paidOn);
  const { lines, others } = explainPayment(payment, voice);
  const about = (what: string, rank: number) =>
    [
      what,
      people.length > 1 && t.for(nameOf(people, rank, voice)),
      payment.thirdParty !== null && t.to(payment.thirdParty),
    ]
      .filter((part) => part !== false)
      .join('\n');
  return [
    ...lines.map(({ line, given }) => {
      const amount = formatAmount(given, voice);
      if (line.kind === 'benefit') {
        const { label, from, until, rank } = line;
        const what = t.ofPeriod(label, formatDayInFigures(from), formatDayInFigures(until));
        return [paidOn, about(what, rank), '', '', '', amount];
      }
      const { label, caredOn, rank, paid, base, rate } = line;
      return [
        paidOn,
        about(t.of(label, formatDayInFigures(caredOn)), rank),
        formatAmount(paid, voice),
        formatAmount(base, voice),
        formatPercent(rate, voice),
        amount,
      ];
    }),
    ...others.map(({ deduction: { label, actOn, rank, amount } }) => [
      paidOn,
      about(t.kept(t.of(label, formatDayInFigures(actOn))), rank),
      '',
      '',
      '',
      formatAmount(-amount, voice),
    ]),
  ];
}

function deductionBlocks(payments: readonly SeenPayment[], voice: Voice): Block[] {
  const t = statementTexts[voice];
  const deductions = payments.flatMap((payment) => payment.deductions);
  if (deductions.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: t.deductions,
      columns: [
        { heading: t.deduction, share: 3 },
        { heading: t.amount, share: 1, align: 'right' },
      ],
      rows: deductions.map((one) => [
        t.of(deductionName(one, voice), formatDayInFigures(one.actOn)),
        formatAmount(one.amount, voice),
      ]),
    },
    paragraph(t.deductionsWhat),
  ];
}
