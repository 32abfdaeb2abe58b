import { access, type SitePage } from '#src/access/access.ts';
import { areas } from '#src/account/home/areas.ts';
import { sectionsView } from '#src/information/sections-view.ts';
import { siteMapTexts } from '#src/information/site-map/texts.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';

/** Every page that opens without a session; for those who are signed in, the pages of the account too. */
export function siteMapPage({ offersApi }: Pick<Services, 'offersApi'>): SitePage {
  const exists = ({ href }: { readonly href: string }) => offersApi || href !== paths.api;
  return definePage({
    path: paths.siteMap,
    about: { part: 'Information', shows: 'a link to every page that opens without a session', form: null },
    access: access.everybody,
    show: ({ visit }) => {
      const t = siteMapTexts[visit.voice];
      const [first, ...others] = t.account.pages;
      const ofAreas = areas.map(({ href, texts }) => ({ href, text: texts[visit.voice].title }));
      const account = { ...t.account, pages: [...(first ? [first] : []), ...ofAreas, ...others] };
      const sections = visit.signedIn ? [account, ...t.sections] : t.sections;
      const { body, beside } = sectionsView(
        visit,
        sections.map(({ heading, pages }) => ({
          heading,
          content: html`<ul class="govuk-list govuk-list--bullet">${pages
            .filter(exists)
            .map(({ href, text }) => html`<li><a class="govuk-link" href="${href}">${text}</a></li>`)}</ul>`,
        })),
      );
      return {
        kind: 'page',
        title: t.title,
        body: html`<h1 class="govuk-heading-l">${t.title}</h1><p class="govuk-body">${visit.signedIn ? t.leadSignedIn : t.lead}</p>${body}`,
        beside,
      };
    },
  });
}
