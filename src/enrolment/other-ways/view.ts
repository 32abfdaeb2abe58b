import type { OpenDossier } from '#src/access/who.ts';
import type { LetterProgress } from '#src/codes/letter-progress.ts';
import { caisseContacts } from '#src/enrolment/other-ways/caisse-contacts.ts';
import { codeForm } from '#src/enrolment/other-ways/code-form.ts';
import type { CodeOffer } from '#src/enrolment/other-ways/offer.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { stepRules } from '#src/journey/journey.ts';
import { franceConnectButton } from '#src/page-parts/franceconnect-button.ts';
import { letterUnderWay } from '#src/page-parts/letter-progress.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { supportCodeText } from '#src/page-parts/support-code-text.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { button } from '#src/web/components/button.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/** The ways to continue without the card; `offer` null where only the caisse can help. */
export function otherWaysView(
  services: Pick<Services, 'caisses' | 'policy' | 'franceConnect'>,
  request: PageRequest<OpenDossier>,
  shown: Shown,
  offer: CodeOffer | null,
  letter: LetterProgress | null = null,
): PageAnswer {
  const { visit } = request;
  const t = otherWaysTexts[visit.voice];
  const { answers } = request.dossier;
  const cardOpen = stepRules.proof.open(answers);
  return formPage(request, shown, {
    title: t.title,
    beside: {
      label: t.caisseTitle,
      content: html`${progress(visit, 'proof', answers).content}${caisseContacts(visit, services.caisses.caisses.get(answers.identity.caisse))}
      <p class="govuk-body">${t.say}</p>
      ${supportCodeText(visit, request.dossier.supportCode)}`,
    },
    back: cardOpen ? paths.proof : paths.identity,
    body: html`${letterUnderWay(visit, letter)}<p class="govuk-body">${cardOpen ? t.leadNoSerial : t.leadClosed}</p>
      <p class="govuk-body">${t.kept}</p>
      ${
        cardOpen &&
        html`<p class="govuk-body"><a class="govuk-link" href="${paths.proof}">${t.backToCard}</a></p>`
      }
      ${answers.identity.mayEnrol && services.franceConnect && html`<h2 class="govuk-heading-m">${t.franceConnect}</h2>${franceConnectButton(visit, services.franceConnect, { purpose: 'creation' })}`}
      ${offer && codeForm(request, shown, offer, services.policy)}
      ${button({ text: t.home, href: paths.home, style: 'secondary' })}`,
  });
}
