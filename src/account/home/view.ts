import { areas } from '#src/account/home/areas.ts';
import type { Glance } from '#src/account/home/glance.ts';
import { accountHomeTexts } from '#src/account/home/texts.ts';
import { inFrench } from '#src/account/in-french.ts';
import { paymentAddress } from '#src/account/payments/addresses.ts';
import type { Account } from '#src/accounts/account.ts';
import { paths, withId } from '#src/paths.ts';
import { sumOf } from '#src/reimbursement/shares.ts';
import { formatDay } from '#src/texts/civil-days.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatEuros } from '#src/texts/money.ts';
import { formatDate } from '#src/texts/typography.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** More important documents than this are one line. */
const mostNamed = 3;

/** The account at a glance: what waits comes first. */
export function accountHomeView(
  visit: Visit,
  glance: Glance,
  leaving: Account['leaving'] = null,
): PageAnswer {
  const { voice } = visit;
  const t = accountHomeTexts[voice];
  const waiting = waitingFor(visit, glance);
  return {
    kind: 'page',
    title: t.title,
    wide: true,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body-l">${t.owner} <strong>${glance.name}</strong></p>
      ${leaving && insetText(html`<p>${t.leaving(formatDate(leaving.since, voice), formatDate(leaving.until, voice))}</p>`)}
      ${
        waiting.length > 0 &&
        insetText(html`<h2 class="govuk-heading-m">${t.waiting}</h2>
        <ul class="govuk-list govuk-list--spaced">${waiting.map((one) => html`<li>${one}</li>`)}</ul>`)
      }
      <div class="tiles">
        <div class="tile"><h2 class="govuk-heading-m">${t.news}</h2>${news(glance, voice)}</div>
        <div class="tile"><h2 class="govuk-heading-m">${t.payment}</h2>${payment(visit, glance)}</div>
      </div>
      <h2 class="govuk-heading-m">${t.areas}</h2>
      <ul class="tiles">${areas.map(
        ({ name, href, texts }) =>
          html`<li class="tile"><h3 class="govuk-heading-s">${link(href, texts[voice].title)}</h3><p class="govuk-body">${t.about[name]}</p></li>`,
      )}</ul>
      ${!visit.isCopy && form(visit, { action: paths.signOut, body: button({ text: t.signOut, style: 'secondary' }) })}`,
  };
}

/** What only the person can do, each with its link. */
function waitingFor(visit: Visit, { newAddress, important }: Glance): readonly Html[] {
  const t = accountHomeTexts[visit.voice];
  const named = important.length > mostNamed ? [] : important;
  return [
    ...(newAddress === null
      ? []
      : [html`${t.confirmAddress(newAddress)} ${link(paths.accountEmailCode, t.enterCode)}`]),
    ...named.map(
      ({ id, title }) => html`${t.read} ${link(withId(paths.accountDocument, id), inFrench(visit, title))}`,
    ),
    ...(important.length > mostNamed ? [link(paths.accountDocuments, t.important(important.length))] : []),
  ];
}

function news({ messages, documents, important }: Glance, voice: Voice): Html {
  const t = accountHomeTexts[voice];
  const unread = documents + important.length;
  if (messages + unread === 0) return html`<p class="govuk-body">${t.nothingNew}</p>`;
  return html`<ul class="govuk-list govuk-list--spaced">${messages > 0 && html`<li>${link(paths.messages, t.messages(messages))}</li>`}${
    unread > 0 && html`<li>${link(paths.accountDocuments, t.documents(unread))}</li>`
  }</ul>`;
}

function payment(visit: Visit, { payment: last }: Glance): Html {
  const { voice } = visit;
  const t = accountHomeTexts[voice];
  if (!last) return html`<p class="govuk-body">${t.noPayment}</p>`;
  const { id, thirdParty, paidOn, shares } = last;
  const [amount, day] = [formatEuros(sumOf(shares), voice), formatDay(paidOn, voice)];
  return html`<p class="govuk-body">${thirdParty === null ? t.paid(amount, day) : html`${t.paidTo(amount, day)} ${inFrench(visit, thirdParty)}.`}</p>
    <p class="govuk-body">${link(paymentAddress(id), t.seePayment)}</p>`;
}

function link(href: string, text: Child): Html {
  return html`<a class="govuk-link" href="${href}">${text}</a>`;
}
