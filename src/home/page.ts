import { access, type SitePage } from '#src/access/access.ts';
import { caisseTexts } from '#src/home/caisse-texts.ts';
import { chooseCaisse } from '#src/home/choose-view.ts';
import { openTo } from '#src/home/open-to.ts';
import { homeTexts } from '#src/home/texts.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { button } from '#src/web/components/button.ts';
import { definePage } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { nothingTyped } from '#src/web/page.ts';

/** The purpose of the account, what to have at hand, and the choice of the caisse. */
export function homePage({ policy }: Pick<Services, 'policy'>): SitePage {
  return definePage({
    path: paths.home,
    about: { part: 'Home', shows: 'what the account is for, and what to have ready', form: null },
    access: access.everybody,
    show: (request) => {
      const { visit } = request;
      const t = homeTexts[visit.voice];
      return {
        kind: 'page',
        title: t.title(visit.serviceName),
        body: html`<h1 class="govuk-heading-xl">${t.title(visit.serviceName)}</h1>
        <p class="govuk-body-l">${t.lead}</p>
        ${button({ text: t.create, href: paths.identity })}
        <p class="govuk-body"><a class="govuk-link" href="${paths.signIn}">${t.signIn}</a></p>
        <h2 class="govuk-heading-m">${t.needTitle}</h2>
        <ul class="govuk-list govuk-list--bullet">${t.need.map((text) => html`<li>${text}</li>`)}</ul>
        <p class="govuk-body">${t.duration}</p>
        ${openTo(visit, policy)}
        <h2 class="govuk-heading-m">${t.withoutTitle}</h2>
        <p class="govuk-body">${t.without}</p>
        ${
          visit.caisse === null &&
          html`<h2 class="govuk-heading-m">${caisseTexts[visit.voice].title}</h2>${chooseCaisse(visit, nothingTyped, [])}`
        }`,
      };
    },
  });
}
