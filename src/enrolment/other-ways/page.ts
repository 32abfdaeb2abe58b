import { withoutDossier } from '#src/enrolment/guard.ts';
import { stepRules } from '#src/enrolment/journey.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { tag } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Page } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The routes besides the card, in the order of the page: one entry each, open or announced. */
const routes = ['franceConnect', 'courrier', 'sms', 'courriel'] as const;

/**
 * Where the card route is closed or the card cannot be read: the caisse's contacts, and the other routes, said
 * honestly to be not open yet. It never says what is missing in the register.
 */
export function otherWaysPage({ caisses }: Pick<Services, 'caisses'>): Page {
  return {
    path: paths.otherWays,
    guard: (request) => (request.session?.dossier ? null : withoutDossier(request)),
    show: ({ visit, session }) => {
      const t = otherWaysTexts[visit.language];
      const answers = session?.dossier?.answers;
      const caisse = answers && caisses.caisses.get(answers.identity.caisse);
      const mailbox = caisse?.mailbox ?? visit.supportMailbox;
      const cardOpen = answers !== undefined && stepRules.proof.open(answers);
      return {
        kind: 'page',
        title: t.title,
        back: cardOpen ? paths.proof : paths.identity,
        body: html`<h1 class="govuk-heading-l">${t.title}</h1>
          <p class="govuk-body">${cardOpen ? t.leadNoSerial : t.leadClosed}</p>
          <p class="govuk-body">${t.kept}</p>
          ${
            cardOpen &&
            html`<p class="govuk-body"><a class="govuk-link" href="${paths.proof}">${t.backToCard}</a></p>`
          }
          <h2 class="govuk-heading-m">${t.caisseTitle}</h2>
          ${caisse && html`<p class="govuk-body">${t.caisse(caisse.name)}</p>`}
          <p class="govuk-body"><strong>${t.telephone(caisse?.telephone ?? visit.supportTelephone)}</strong></p>
          ${mailbox && html`<p class="govuk-body">${t.mailbox(mailbox)}</p>`}
          ${caisse && caisse.address.length > 0 && html`<p class="govuk-body">${t.address} ${caisse.address.join(', ')}</p>`}
          <p class="govuk-body">${t.say}</p>
          <h2 class="govuk-heading-m">${t.waysTitle}</h2>
          ${routes.map((route) => routeEntry(visit, route))}
          ${button({ text: t.home, href: paths.home, style: 'secondary' })}`,
      };
    },
  };
}

function routeEntry(visit: Visit, route: (typeof routes)[number]): Html {
  const t = otherWaysTexts[visit.language];
  const [name, text] = t.ways[route];
  return html`<h3 class="govuk-heading-s">${name} ${tag(t.notYet, 'grey')}</h3><p class="govuk-body">${text}</p>`;
}
