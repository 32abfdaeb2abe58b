import { orderDays, renewalDay, type sortByOrder } from '#src/account/european-card/rules.ts';
import { cardTexts } from '#src/account/european-card/texts.ts';
import { paths } from '#src/paths.ts';
import { beneficiaryName } from '#src/rights/names.ts';
import type { Beneficiary } from '#src/rights/rights.ts';
import { formatDay } from '#src/texts/civil-days.ts';
import { formatDate } from '#src/texts/typography.ts';
import { parisDay } from '#src/time/paris.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { dateInput } from '#src/web/components/date-input.ts';
import { form } from '#src/web/components/form.ts';
import { telephoneLink, writtenContact } from '#src/web/components/links.ts';
import { checkboxes } from '#src/web/components/radios.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

export interface CardPage extends ReturnType<typeof sortByOrder> {
  /** Of the register; empty when it has none. */
  readonly address: readonly string[];
  /** Whether a sender takes the order. */
  readonly takesOrders: boolean;
}

/** «Carte européenne»: what was ordered, the form for more, and certificates for those who leave soon. */
export function cardView(request: PageRequest, shown: Shown, page: CardPage): PageAnswer {
  const { visit } = request;
  const t = cardTexts[visit.voice];
  const { ordered, orderable, address, takesOrders } = page;
  const canOrder = takesOrders && address.length > 0;
  const onCertificate = canOrder
    ? ordered.map(({ person }) => person)
    : [...ordered.map(({ person }) => person), ...orderable];
  return formPage(request, shown, {
    title: t.title,
    back: paths.account,
    body: html`${t.lead.map((text) => html`<p class="govuk-body">${text}</p>`)}
      ${ordered.length > 0 && orders(request, ordered)}
      ${onCertificate.length > 0 && canOrder && certificates(request, onCertificate)}
      ${orderable.length > 0 && ordered.length > 0 && html`<h2 class="govuk-heading-m">${t.another}</h2>`}
      ${orderable.length > 0 && (canOrder ? orderForm(request, shown, orderable, address) : byTelephone(request, takesOrders))}
      ${onCertificate.length > 0 && !canOrder && certificates(request, onCertificate)}`,
  });
}

function orders({ visit: { voice } }: PageRequest, ordered: CardPage['ordered']): Html {
  const t = cardTexts[voice];
  const lines = ordered.map(
    ({ person, order }) =>
      html`<li>${t.orderLine(beneficiaryName(person), formatDate(order.issuedAt, voice), formatDate(order.validUntil, voice))} ${t.renewal(formatDay(renewalDay(order).toString(), voice))}</li>`,
  );
  return html`<h2 class="govuk-heading-m">${t.ordered}</h2>
    <ul class="govuk-list govuk-list--bullet">${lines}</ul>
    <p class="govuk-body"><a class="govuk-link" href="${paths.messages}">${t.follow}</a></p>`;
}

/** A form for each: a certificate is one person’s. */
function certificates({ visit, now }: PageRequest, people: readonly Beneficiary[]): Html {
  const t = cardTexts[visit.voice];
  const soon = formatDay(parisDay(now).add({ days: orderDays }).toString(), visit.voice);
  return html`<h2 class="govuk-heading-m">${t.certificateTitle}</h2>
    <p class="govuk-body">${t.certificate(soon)}</p>${t.certificateFrench && html`<p class="govuk-body">${t.certificateFrench}</p>`}
    ${people.map(
      (person) =>
        html`${form(visit, {
          givesFile: true,
          body: button({
            text: t.certificateFor(beneficiaryName(person)),
            style: 'secondary',
            name: 'certificat',
            value: String(person.rank),
          }),
        })} `,
    )}`;
}

function orderForm(
  { visit, now }: PageRequest,
  { typed, problems }: Shown,
  people: readonly Beneficiary[],
  address: readonly string[],
): Html {
  const t = cardTexts[visit.voice];
  const { day, month, year } = parisDay(now).add({ months: 1 });
  const values = Object.fromEntries(
    (['jour', 'mois', 'annee'] as const).map((part) => [part, typed.text(`depart-${part}`)]),
  );
  return html`${form(visit, {
    legend: true,
    body: html`${dateInput(visit, {
      name: 'depart',
      label: t.departure,
      hint: t.departureHint(`${day} ${month} ${year}`),
      error: problemOf(problems, 'depart'),
      values,
    })}
      ${checkboxes(visit, {
        name: 'beneficiaires',
        label: t.whom,
        error: problemOf(problems, 'beneficiaires'),
        values: typed.list('beneficiaires'),
        items: people.map((person) => ({ value: String(person.rank), text: beneficiaryName(person) })),
      })}
      <h2 class="govuk-heading-m">${t.addressTitle}</h2>
      <p class="govuk-body">${t.address}</p>
      ${insetText(address.join(', '))}
      <p class="govuk-body">${t.addressWrong} ${telephoneLink(visit.supportTelephone)}.</p>
      <p class="govuk-body">${t.later}</p>
      ${button({ text: t.submit })}`,
  })}
    <p class="govuk-body">${t.adults}</p>`;
}

function byTelephone({ visit }: PageRequest, takesOrders: boolean): Html {
  const t = cardTexts[visit.voice];
  return html`<p class="govuk-body">${takesOrders ? t.noAddress : t.noOrder}</p>
    <p class="govuk-body">${t.call} ${telephoneLink(visit.supportTelephone)}.</p>
    ${writtenContact(visit)}`;
}
