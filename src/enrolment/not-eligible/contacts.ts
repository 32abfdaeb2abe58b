import type { Caisse } from '#src/caisses/reference.ts';
import { notEligibleTexts } from '#src/enrolment/not-eligible/texts.ts';
import { caisseContacts } from '#src/enrolment/other-ways/caisse-contacts.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { supportCodeText } from '#src/page-parts/support-code-text.ts';
import { paths } from '#src/paths.ts';
import { button } from '#src/web/components/button.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Beside } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** Beside every page that stops a person: the caisse and the support code. */
export function contactsAndCode(visit: Visit, caisse: Caisse | undefined, supportCode: string): Beside {
  return {
    label: otherWaysTexts[visit.voice].caisseTitle,
    content: html`${caisseContacts(visit, caisse)}${supportCodeText(visit, supportCode)}`,
  };
}

/** The end of those pages: the way back to the identity, and to the first page. */
export function waysBack(visit: Visit): Html {
  const t = notEligibleTexts[visit.voice];
  return html`<p class="govuk-body"><a class="govuk-link" href="${paths.identity}">${t.correct}</a></p>
    ${button({ text: t.home, href: paths.home, style: 'secondary' })}`;
}
