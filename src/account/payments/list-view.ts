import { inFrench } from '#src/account/in-french.ts';
import { type ListPage, pageLinks, pageOf, pageQuery } from '#src/account/paging.ts';
import { paymentAddress, statementAddress, taxStatementAddress } from '#src/account/payments/addresses.ts';
import { capsBeside } from '#src/account/payments/caps-view.ts';
import { filtered, kindNames, type PaymentFilter } from '#src/account/payments/filter-form.ts';
import { nameOf } from '#src/account/payments/names.ts';
import type { SeenList } from '#src/account/payments/seen.ts';
import { filterTexts, kindTexts, listTexts } from '#src/account/payments/texts.ts';
import { paths, withQuery } from '#src/paths.ts';
import type { PaymentSummary } from '#src/payments/payment-row.ts';
import { paymentKinds } from '#src/reimbursement/payment.ts';
import { sumOf } from '#src/reimbursement/shares.ts';
import { formatDay, formatMonth } from '#src/texts/civil-days.ts';
import { formatAmount } from '#src/texts/money.ts';
import { capitalised } from '#src/texts/typography.ts';
import { details, insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { errorSummary } from '#src/web/components/error-summary.ts';
import { fieldset } from '#src/web/components/field.ts';
import { queryForm } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { checkboxes, radios } from '#src/web/components/radios.ts';
import { table } from '#src/web/components/table.ts';
import { problemOf } from '#src/web/forms/form-page.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

export interface ListShown {
  readonly seen: SeenList;
  readonly filter: PaymentFilter;
  /** Of the page: which page of the list it asks for. */
  readonly query: URLSearchParams;
  /** The years that a tax statement may be asked for, the latest first. */
  readonly taxYears: readonly number[];
  /** How many statements the policy shows; null where it counts months. */
  readonly statements: number | null;
}

/** The payments of an account by month, newest first, with their filters and the yearly caps. */
export function listView(visit: Visit, shown: ListShown): PageAnswer {
  const { seen, filter, statements } = shown;
  const t = listTexts[visit.voice];
  const payments = filtered(seen.payments, filter);
  const page = pageOf(payments, shown.query);
  const errors = filter.problems.map(({ field, text }) => ({ href: `#${field}`, text }));
  const intro =
    statements === null ? t.months(formatDay(seen.window.from, visit.voice)) : t.statements(statements);
  return {
    kind: 'page',
    title: t.title,
    status: errors.length > 0 ? 422 : 200,
    back: paths.account,
    asked: pageQuery(page.here, filter.asked),
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>${errorSummary(visit, errors)}${
      seen.payments.length === 0 && errors.length === 0 && filter.asked.size === 0
        ? insetText(
            html`<p class="govuk-body"><strong>${t.none}</strong></p><p class="govuk-body">${t.noneWhy}</p>`,
          )
        : html`<p class="govuk-body">${intro}</p>${filters(visit, shown)}${errors.length === 0 && list(visit, shown, payments, page)}`
    }`,
    ...(seen.payments.length > 0 ? { beside: capsBeside(visit, seen) } : {}),
  };
}

function filters(visit: Visit, { seen, filter }: ListShown): Html {
  const t = filterTexts[visit.voice];
  const { people, window } = seen;
  const { asked, problems } = filter;
  const date = (name: 'du' | 'au', label: string) =>
    input(visit, {
      name,
      label,
      // What is no date stays as it was typed.
      type: isDay(asked.get(name)) ? 'date' : 'text',
      value: asked.get(name),
      days: window,
      error: problemOf(problems, name),
      required: false,
      width: 20,
    });
  const days = fieldset(
    { label: t.days, required: false, size: 's' },
    html`<p class="govuk-hint">${t.daysHint(formatDay(window.from, visit.voice))}</p>${date('du', t.from)}${date('au', t.until)}`,
  );
  const person = radios(visit, {
    name: 'beneficiaire',
    label: t.person,
    size: 's',
    required: false,
    value: asked.get('beneficiaire') ?? 'tous',
    items: [
      { value: 'tous', text: t.everybody },
      ...people.map(({ rank }) => ({ value: String(rank), text: nameOf(people, rank, visit.voice) })),
    ],
  });
  const kinds = checkboxes(visit, {
    name: 'nature',
    label: t.kinds,
    size: 's',
    hint: t.kindsHint,
    required: false,
    values: asked.getAll('nature'),
    items: paymentKinds.map((kind) => ({
      value: kindNames[kind],
      text: kindTexts[visit.voice].several[kind],
    })),
  });
  return details({
    summary: t.summary,
    open: problems.length > 0,
    content: queryForm(
      visit,
      html`${days}${people.length > 1 && person}${kinds}${button({ text: t.apply, style: 'secondary' })}`,
    ),
  });
}

/** What was chosen, in words: the filters themselves stay closed, so that the payments are seen. */
function chosen({ voice }: Visit, { seen, filter }: ListShown, count: number): Html {
  const t = filterTexts[voice];
  const { asked, period, rank, kinds } = filter;
  const hasPeriod = asked.has('du') || asked.has('au');
  const what = [
    ...(rank === null ? [] : [nameOf(seen.people, rank, voice)]),
    ...(hasPeriod ? [t.period(formatDay(period.from, voice), formatDay(period.until, voice))] : []),
    ...kinds.map((kind) => kindTexts[voice].several[kind].toLowerCase()),
  ];
  return html`<p class="govuk-body">${t.chosen(count, what.join(', '))}<br><a class="govuk-link" href="${paths.accountPayments}">${t.remove}</a></p>`;
}

function isDay(typed: string | null): boolean {
  return typed === null || /^\d{4}-\d\d-\d\d$/.test(typed);
}

function list(
  visit: Visit,
  shown: ListShown,
  payments: readonly PaymentSummary[],
  page: ListPage<PaymentSummary>,
): Child {
  const { seen, filter, taxYears } = shown;
  const t = listTexts[visit.voice];
  if (payments.length === 0)
    return insetText(
      html`<p class="govuk-body"><strong>${t.noneFiltered}</strong></p>${chosen(visit, shown, 0)}`,
    );
  const months = Map.groupBy(payments, ({ paidOn }) => paidOn.slice(0, 7));
  const onPage = Map.groupBy(page.shown, ({ paidOn }) => paidOn.slice(0, 7));
  const sections = [...onPage].map(([month, lines]) => {
    const all = months.get(month) ?? lines;
    return monthOf(visit, month, {
      lines,
      total: sumOf(all.flatMap(({ shares }) => shares)),
      goesOn: all[0] !== lines[0],
    });
  });
  const csv = withQuery(paths.accountPaymentsCsv, filter.asked);
  const place = t.place(page.first, page.last, payments.length);
  return html`${filter.asked.size > 0 && chosen(visit, shown, payments.length)}${sections}${pageLinks(page, t, place, (number) => withQuery(paths.accountPayments, pageQuery(number, filter.asked)))}
    <h2 class="govuk-heading-m">${t.download}</h2>
    <ul class="govuk-list"><li><a class="govuk-link" href="${csv}">${t.csv}</a></li>${taxYears.map(
      (year) =>
        html`<li><a class="govuk-link" href="${taxStatementAddress(year)}">${year === seen.year ? t.taxSoFar(year) : t.tax(year)}</a></li>`,
    )}</ul>`;
}

function monthOf(
  visit: Visit,
  month: string,
  {
    lines,
    total,
    goesOn,
  }: { readonly lines: readonly PaymentSummary[]; readonly total: number; readonly goesOn: boolean },
): Html {
  const t = listTexts[visit.voice];
  const name = formatMonth(month, visit.voice);
  const title = capitalised(name);
  return html`${table({
    caption: goesOn ? t.monthGoesOn(title) : t.month(title, formatAmount(total, visit.voice)),
    head: [t.day, t.amount],
    numeric: [1],
    rows: lines.map(({ id, paidOn, kind, thirdParty, shares }) => [
      html`<a class="govuk-link" href="${paymentAddress(id)}">${t.payment(formatDay(paidOn, visit.voice), kindTexts[visit.voice].one[kind])}</a>${
        thirdParty !== null && html`<br>${inFrench(visit, thirdParty)}`
      }`,
      formatAmount(sumOf(shares), visit.voice),
    ]),
  })}<p class="govuk-body"><a class="govuk-link" href="${statementAddress(month)}">${t.statement(name)}</a></p>`;
}
