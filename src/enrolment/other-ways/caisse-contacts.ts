import type { Caisse } from '#src/caisses/reference.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { telephoneLink, writtenContact } from '#src/web/components/links.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

/** The contacts of a caisse, under a heading; those of the support where the caisse has none. */
export function caisseContacts(visit: Visit, caisse: Caisse | undefined): Html {
  const t = otherWaysTexts[visit.voice];
  return html`<h2 class="govuk-heading-m">${t.caisseTitle}</h2>
    ${caisse && html`<p class="govuk-body">${t.caisse(caisse.name)}</p>`}
    <p class="govuk-body">${t.telephone} <strong>${telephoneLink(caisse?.telephone ?? visit.supportTelephone)}</strong> ${t.price}</p>
    ${writtenContact(visit, caisse?.mailbox ?? visit.supportMailbox)}
    ${caisse && caisse.address.length > 0 && html`<p class="govuk-body">${t.address} ${caisse.address.join(', ')}</p>`}`;
}
