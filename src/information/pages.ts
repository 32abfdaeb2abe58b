import { access, type SitePage } from '#src/access/access.ts';
import { accessibilityPage } from '#src/information/accessibility/page.ts';
import { helpPage } from '#src/information/help/page.ts';
import { sectionsView } from '#src/information/sections-view.ts';
import { siteMapPage } from '#src/information/site-map/page.ts';
import { type InformationPage, informationTexts } from '#src/information/texts.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { page } from '#src/web/layout.ts';
import type { Visit } from '#src/web/visit.ts';

const pages = {
  '/mentions-legales': 'legal',
  '/securite': 'security',
  '/donnees-personnelles': 'privacy',
} as const;

export type InformationPath = keyof typeof pages;

export const informationPaths: readonly InformationPath[] = [
  '/mentions-legales',
  '/securite',
  '/donnees-personnelles',
];

/** The entry of each in the site map. */
const shows: Readonly<Record<InformationPath, string>> = {
  '/mentions-legales': 'legal notice',
  '/securite': 'advice on security',
  '/donnees-personnelles': 'protection of personal data',
};

const textPages: readonly SitePage[] = informationPaths.map((path) =>
  definePage({
    path,
    about: { part: 'Information', shows: shows[path], form: null },
    access: access.everybody,
    aboutNobody: true,
    show: ({ visit }) => ({ kind: 'document', status: 200, document: informationPage(visit, path) }),
  }),
);

/** The pages of the footer. */
export function informationPages(
  services: Pick<Services, 'caisses' | 'policy' | 'offersApi'>,
): readonly SitePage[] {
  return [helpPage(services), siteMapPage(services), accessibilityPage(services), ...textPages];
}

/** One of those that are text alone, as a complete HTML document. */
export function informationPage(visit: Visit, path: InformationPath): string {
  const names = { service: visit.serviceName, telephone: visit.supportTelephone, demo: visit.demo !== null };
  const content: InformationPage = informationTexts[visit.voice][pages[path]](names);
  const { body, beside } = sectionsView(
    visit,
    content.sections.map(({ heading, paragraphs, list }) => ({
      heading,
      content: html`${paragraphs.map((text) => html`<p class="govuk-body">${text}</p>`)}${
        list &&
        html`<ul class="govuk-list govuk-list--bullet">${list.map((item) => html`<li>${item}</li>`)}</ul>`
      }`,
    })),
  );
  return page(visit, {
    title: content.title,
    beside,
    body: html`<h1 class="govuk-heading-l">${content.title}</h1>${body}`,
  });
}
