import { caisseTexts } from '#src/home/caisse-texts.ts';
import { chooseCaisse } from '#src/home/choose-view.ts';
import { openTo } from '#src/home/open-to.ts';
import { homeTexts } from '#src/home/texts.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import { button } from '#src/web/components/button.ts';
import { illustrated } from '#src/web/drawings/icon.ts';
import { type Html, html } from '#src/web/html.ts';
import { nothingTyped } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

const uses = ['refund', 'online', 'certificate'] as const;
const needs = ['card', 'bank', 'house', 'mail'] as const;

/** What the account is for, the two ways on, what to have at hand, how long it takes, and the choice of the caisse. */
export function homeView(visit: Visit, policy: Policy): Html {
  const t = homeTexts[visit.voice];
  return html`<h1 class="govuk-heading-xl">${t.title(visit.serviceName)}</h1>
    <p class="govuk-body-l">${t.lead}</p>
    <div class="tiles tiles--two">
      <div class="tile"><h2 class="govuk-heading-m">${t.createTitle}</h2>
        ${illustrated('clock', t.duration)}
        ${button({ text: t.create, href: paths.identity })}</div>
      <div class="tile"><h2 class="govuk-heading-m">${t.signInTitle}</h2>
        <p class="govuk-body">${t.signInWith}</p>
        ${button({ text: t.signIn, href: paths.signIn, style: 'secondary' })}</div>
    </div>
    <h2 class="govuk-heading-m">${t.useTitle}</h2>
    <ul class="tiles tiles--small">${t.use.map((text, index) => html`<li>${illustrated(uses[index] ?? 'online', text)}</li>`)}</ul>
    <h2 class="govuk-heading-m">${t.needTitle}</h2>
    <ul class="tiles tiles--small">${t.need.map((text, index) => html`<li>${illustrated(needs[index] ?? 'card', text)}</li>`)}</ul>
    <p class="govuk-body">${t.helper}</p>
    ${openTo(visit, policy)}
    <div class="tiles tiles--two">
      <div><h2 class="govuk-heading-m">${t.withoutTitle}</h2>
        <p class="govuk-body">${t.without}</p></div>
      ${
        visit.caisse === null &&
        html`<div><h2 class="govuk-heading-m">${caisseTexts[visit.voice].title}</h2>${chooseCaisse(visit, nothingTyped, [])}</div>`
      }
    </div>`;
}
