import { inFrench } from '#src/account/in-french.ts';
import { statementAddress } from '#src/account/payments/addresses.ts';
import { deductionName, knowsFamily } from '#src/account/payments/names.ts';
import type { SeenPayment, SeenPerson } from '#src/account/payments/seen.ts';
import { kindTexts, paymentTexts } from '#src/account/payments/texts.ts';
import { paths } from '#src/paths.ts';
import { type ExplainedLine, type Explanation, explainPayment } from '#src/reimbursement/explain.ts';
import type { BenefitLine, CareLine, Deduction } from '#src/reimbursement/payment.ts';
import { dailyCap, deductionRate, yearlyCap } from '#src/reimbursement/rates.ts';
import { formatDayInFigures, formatMonth } from '#src/texts/civil-days.ts';
import { formatAmount, formatEuros, formatPercent } from '#src/texts/money.ts';
import { capitalised } from '#src/texts/typography.ts';
import { insetText } from '#src/web/components/asides.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { table } from '#src/web/components/table.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** One payment: what it is made of, for each person, in figures and in words. */
export function paymentView(
  visit: Visit,
  { people, payment }: { readonly people: readonly SeenPerson[]; readonly payment: SeenPayment },
): PageAnswer {
  const { voice } = visit;
  const t = paymentTexts[voice];
  const day = formatDayInFigures(payment.paidOn);
  const month = payment.paidOn.slice(0, 7);
  const explanation = explainPayment(payment, voice);
  const about = people.filter(({ rank }) =>
    [...payment.lines, ...payment.deductions].some((one) => one.rank === rank),
  );
  const statement = statementAddress(month);
  return {
    kind: 'page',
    title: t.title(day),
    wide: true,
    back: { href: paths.accountPayments, text: t.back },
    body: html`<h1 class="govuk-heading-l">${t.heading(day, formatEuros(payment.amount, voice))}</h1>
      ${payment.hidesSomebody && insetText(knowsFamily(people) ? t.hidden : t.hiddenUnknown)}
      ${summaryList([
        { key: t.kind, value: capitalised(kindTexts[voice].one[payment.kind]) },
        {
          key: t.recipient,
          value: payment.thirdParty === null ? t.you : inFrench(visit, payment.thirdParty),
        },
      ])}
      ${about.map((person) => html`<h2 class="govuk-heading-m">${titleFor(visit, person)}</h2>${ofPerson(visit, person, explanation, payment.deductions)}`)}
      ${explanation.all !== null && html`<p class="govuk-body"><strong>${explanation.all}</strong></p>`}
      <p class="govuk-body"><a class="govuk-link" href="${statement}">${t.statement(formatMonth(month, voice))}</a></p>
      <p class="govuk-body">${t.wrong} <a class="govuk-link" href="${paths.messageWrite}">${t.write}</a> ${t.call(visit.supportTelephone)}</p>`,
  };
}

function titleFor({ voice }: Visit, person: SeenPerson): string {
  const t = paymentTexts[voice];
  return person.name === null ? t.captionYou : t.caption(person.name);
}

function ofPerson(
  visit: Visit,
  { rank }: SeenPerson,
  explanation: Explanation,
  deductions: readonly Deduction[],
): Html {
  const lines = explanation.lines.filter(({ line }) => line.rank === rank);
  const kept = deductions.filter((deduction) => deduction.rank === rank);
  const others = explanation.others.filter(({ deduction }) => deduction.rank === rank);
  const t = paymentTexts[visit.voice];
  const alike = Map.groupBy(lines, ({ line, text }) => `${line.label}\n${text}`);
  const told = [
    ...[...alike.values()].map(
      ([first, ...others]) =>
        first &&
        html`<li><strong>${others.length > 0 ? html`${inFrench(visit, first.line.label)}, ${t.times(others.length + 1)}` : nameOfLine(visit, first.line)}</strong><br>${first.text}</li>`,
    ),
    ...others.map(
      ({ deduction, text }) =>
        html`<li><strong>${named(visit, deduction.label, deduction.actOn)}</strong><br>${text}</li>`,
    ),
  ];
  return html`${careTable(visit, lines)}${benefitTable(visit, lines)}
    <h3 class="govuk-heading-s">${t.explained}</h3>
    <ul class="govuk-list govuk-list--spaced">${told}</ul>
    ${kept.length > 0 && deductionTable(visit, kept)}
    ${sentOn(visit, lines)}`;
}

function careTable(visit: Visit, lines: readonly ExplainedLine[]): Child {
  const { voice } = visit;
  const t = paymentTexts[voice];
  const rows = lines.flatMap(({ line, given }) =>
    line.kind === 'care'
      ? [
          [
            nameOfLine(visit, line),
            figure(t.paid, formatAmount(line.paid, voice)),
            figure(t.base, formatAmount(line.base, voice)),
            figure(t.rate, formatPercent(line.rate, voice)),
            figure(t.given, formatAmount(given, voice)),
          ],
        ]
      : [],
  );
  const head = [t.act, t.paid, t.base, t.rate, t.given];
  return rows.length > 0 && table({ caption: t.care, head, rows, numeric: [1, 2, 3, 4] });
}

function benefitTable(visit: Visit, lines: readonly ExplainedLine[]): Child {
  const { voice } = visit;
  const t = paymentTexts[voice];
  const rows = lines.flatMap(({ line, given }) =>
    line.kind === 'benefit'
      ? [
          [
            nameOfLine(visit, line),
            figure(t.daily, line.daily === null ? '–' : formatAmount(line.daily, voice)),
            figure(t.given, formatAmount(given, voice)),
          ],
        ]
      : [],
  );
  const head = [t.period, t.daily, t.given];
  return rows.length > 0 && table({ caption: t.benefits, head, rows, numeric: [1, 2] });
}

function deductionTable(visit: Visit, deductions: readonly Deduction[]): Html {
  const { voice } = visit;
  const t = paymentTexts[voice];
  const rules = new Map<string, string>();
  for (const { kind, act, actOn, amount } of deductions) {
    const rate = deductionRate(act, actOn);
    if (rate?.kind !== kind || rate.amount !== amount) continue;
    const cap = formatEuros(yearlyCap(kind, Number(actOn.slice(0, 4))), voice);
    const ofDay = dailyCap(act, actOn);
    const inADay = ofDay === null ? null : formatEuros(ofDay, voice);
    const text = t.rule(t.kinds[kind], formatEuros(amount, voice), t.units[act], { cap, inADay });
    rules.set(text, text);
  }
  return html`${table({
    caption: t.deductions,
    head: [t.deductionAct, t.deductionAmount],
    numeric: [1],
    rows: deductions.map((one) => [
      named(visit, deductionName(one, voice), one.actOn),
      figure(t.deductionAmount, formatAmount(-one.amount, voice)),
    ]),
  })}<p class="govuk-body">${t.deductionsWhat}</p>${[...rules.values()].map((text) => html`<p class="govuk-body">${text}</p>`)}`;
}

function sentOn({ voice }: Visit, lines: readonly ExplainedLine[]): Child {
  const care = lines.flatMap(({ line }) => (line.kind === 'care' ? [line] : []));
  if (care.length === 0) return null;
  const sent = care.filter((line) => line.sentOn).length;
  const { all, some, none } = paymentTexts[voice].sentOn;
  return html`<p class="govuk-body">${sent === care.length ? all : sent > 0 ? some : none}</p>`;
}

function nameOfLine(visit: Visit, line: CareLine | BenefitLine): Html {
  if (line.kind === 'care') return named(visit, line.label, line.caredOn);
  const { label, from, until } = line;
  const period = paymentTexts[visit.voice].ofPeriod(formatDayInFigures(from), formatDayInFigures(until));
  return html`${inFrench(visit, label)}, ${period}`;
}

function named(visit: Visit, label: string, day: string): Html {
  return html`${inFrench(visit, label)}, ${paymentTexts[visit.voice].of(formatDayInFigures(day))}`;
}

/** On a small screen, where a table has no columns, each figure says what it is. */
function figure(label: string, text: string): Html {
  return html`<span class="of">${label} </span>${text}`;
}
