import { deductionName, nameOf } from '#src/account/payments/names.ts';
import type { SeenPayment, SeenPerson } from '#src/account/payments/seen.ts';
import {
  aboutBlock,
  hiddenBlocks,
  type Statement,
  type StatementContent,
} from '#src/account/statements/paper.ts';
import { statementTexts } from '#src/account/statements/texts.ts';
import { around, type Block, paragraph, type Run, type Words } from '#src/documents/block.ts';
import { explainPayment } from '#src/reimbursement/explain.ts';
import { sharesOf, sumOf } from '#src/reimbursement/shares.ts';
import { formatDayInFigures, formatMonth } from '#src/texts/civil-days.ts';
import { languageOf, type Voice } from '#src/texts/language.ts';
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

function rowsOf(payment: SeenPayment, people: readonly SeenPerson[], voice: Voice): Words[][] {
  const t = statementTexts[voice];
  const paidOn = formatDayInFigures(payment.paidOn);
  const { lines, others } = explainPayment(payment, voice);
  const about = (label: string, rank: number, sentence: (label: string) => string): Words => {
    const whom = people.length > 1 ? `\n${t.for(nameOf(people, rank, voice))}` : '';
    const { thirdParty } = payment;
    return [
      ...around(sent(label, voice), (words) => `${sentence(words)}${whom}`),
      ...(thirdParty === null ? [] : around(sent(thirdParty, voice), (words) => `\n${t.to(words)}`)),
    ];
  };
  return [
    ...lines.map(({ line, given }) => {
      const amount = formatAmount(given, voice);
      if (line.kind === 'benefit') {
        const { label, from, until, rank } = line;
        const period = [formatDayInFigures(from), formatDayInFigures(until)] as const;
        return [paidOn, about(label, rank, (words) => t.ofPeriod(words, ...period)), '', '', '', amount];
      }
      const { label, caredOn, rank, paid, base, rate } = line;
      return [
        paidOn,
        about(label, rank, (words) => t.of(words, formatDayInFigures(caredOn))),
        formatAmount(paid, voice),
        formatAmount(base, voice),
        formatPercent(rate, voice),
        amount,
      ];
    }),
    ...others.map(({ deduction: { label, actOn, rank, amount } }) => [
      paidOn,
      about(label, rank, (words) => t.kept(t.of(words, formatDayInFigures(actOn)))),
      '',
      '',
      '',
      formatAmount(-amount, voice),
    ]),
  ];
}

/** What a caisse sends is French, whatever the language of the statement. */
function sent(text: string, voice: Voice): Run {
  return { text, language: languageOf(voice) === 'fr' ? null : 'fr' };
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
        around(sent(one.label, voice), (words) =>
          t.of(
            deductionName(one, voice).replace(one.label, () => words),
            formatDayInFigures(one.actOn),
          ),
        ),
        formatAmount(one.amount, voice),
      ]),
    },
    paragraph(t.deductionsWhat),
  ];
}
