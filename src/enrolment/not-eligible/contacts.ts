import type { Caisse } from '#src/caisse/reference.ts';
import { notEligibleTexts } from '#src/enrolment/not-eligible/texts.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { supportCodeText } from '#src/enrolment/support-code.ts';
import { paths } from '#src/paths.ts';
import { button } from '#src/web/components/button.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

/** The end of every page that stops somebody: the caisse, the code to read there, and back to what was typed. */
export function contactsAndCode(visit: Visit, caisse: Caisse | undefined, supportCode: string): Html {
  const t = notEligibleTexts[visit.language];
  const words = otherWaysTexts[visit.language];
  const mailbox = caisse?.mailbox;
  return html`<h2 class="govuk-heading-m">${t.caisseTitle}</h2>
    ${caisse && html`<p class="govuk-body">${words.caisse(caisse.name)}</p>`}
    <p class="govuk-body"><strong>${words.telephone(caisse?.telephone ?? visit.supportTelephone)}</strong></p>
    ${mailbox && html`<p class="govuk-body">${words.mailbox(mailbox)}</p>`}
    ${caisse && caisse.address.length > 0 && html`<p class="govuk-body">${words.address} ${caisse.address.join(', ')}</p>`}
    ${supportCodeText(visit, supportCode)}
    <p class="govuk-body"><a class="govuk-link" href="${paths.identity}">${t.correct}</a></p>
    ${button({ text: t.home, href: paths.home, style: 'secondary' })}`;
}
