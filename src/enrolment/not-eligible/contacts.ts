import type { Caisse } from '#src/caisses/reference.ts';
import { notEligibleTexts } from '#src/enrolment/not-eligible/texts.ts';
import { caisseContacts } from '#src/enrolment/other-ways/caisse-contacts.ts';
import { supportCodeText } from '#src/page-parts/support-code-text.ts';
import { paths } from '#src/paths.ts';
import { button } from '#src/web/components/button.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

/** The end of every page that stops a person: the caisse, the support code, and the way back to the identity. */
export function contactsAndCode(visit: Visit, caisse: Caisse | undefined, supportCode: string): Html {
  const t = notEligibleTexts[visit.voice];
  return html`${caisseContacts(visit, caisse)}
    ${supportCodeText(visit, supportCode)}
    <p class="govuk-body"><a class="govuk-link" href="${paths.identity}">${t.correct}</a></p>
    ${button({ text: t.home, href: paths.home, style: 'secondary' })}`;
}
