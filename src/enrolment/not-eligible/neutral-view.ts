import type { OpenDossier } from '#src/access/who.ts';
import { caissesFor } from '#src/caisses/lookup.ts';
import { codeChannels } from '#src/codes/rules.ts';
import { channelValue } from '#src/enrolment/code-channel-field.ts';
import { contactsAndCode, waysBack } from '#src/enrolment/not-eligible/contacts.ts';
import { notEligibleTexts } from '#src/enrolment/not-eligible/texts.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import type { FewTries } from '#src/limits/last-try.ts';
import { franceConnectButton } from '#src/page-parts/franceconnect-button.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { lastTryText } from '#src/page-parts/last-try.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { warningText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { radios } from '#src/web/components/radios.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/**
 * The page for everyone whom a neutral policy stops. It differs only by what was typed (the caisse of the postal code) and
 * by the support code: nothing comes from the register.
 */
export function neutralView(
  { caisses, channels, franceConnect }: Pick<Services, 'caisses' | 'channels' | 'franceConnect'>,
  request: PageRequest<OpenDossier>,
  shown: Shown,
  few: FewTries | null = null,
): PageAnswer {
  const { visit } = request;
  const { answers, supportCode } = request.dossier;
  const t = notEligibleTexts[visit.voice];
  const words = otherWaysTexts[visit.voice];
  const serving = caissesFor(caisses, answers.identity.postalCode);
  const offered = codeChannels.filter(
    (channel) => channel === 'email' || channels[channel === 'sms' ? 'sms' : 'letters'],
  );
  return formPage(request, shown, {
    title: t.neutral.title,
    back: paths.identity,
    body: html`${t.neutral.means.map((text) => html`<p class="govuk-body">${text}</p>`)}
      <h2 class="govuk-heading-m">${t.nowTitle}</h2>
      ${few && warningText(visit, lastTryText(visit.voice, few, 'identity'))}
      ${t.neutral.now.map((text) => html`<p class="govuk-body">${text}</p>`)}
      <ul class="govuk-list govuk-list--bullet">${identityTexts[visit.voice].unknownHelp.map((text) => html`<li>${text}</li>`)}</ul>
      ${franceConnect && html`<h2 class="govuk-heading-m">FranceConnect</h2>${franceConnectButton(visit, franceConnect, { purpose: 'creation' })}`}
      <h2 class="govuk-heading-m">${t.neutral.codeTitle}</h2>
      ${form(visit, {
        body: html`${radios(visit, {
          name: 'canal',
          label: t.neutral.codeLead,
          size: 's',
          error: problemOf(shown.problems, 'canal'),
          value: shown.typed.text('canal'),
          items: offered.map((channel) => ({
            value: channelValue(channel),
            text: t.neutral.channels[channel],
          })),
        })}
        <p class="govuk-body">${t.neutral.codeHonest}</p>
        ${button({ text: words.submit })}`,
      })}
      <p class="govuk-body"><a class="govuk-link" href="${paths.provisionalCode}">${words.haveCode}</a></p>
      ${waysBack(visit)}`,
    beside: contactsAndCode(visit, serving.length === 1 ? serving[0] : undefined, supportCode),
  });
}
