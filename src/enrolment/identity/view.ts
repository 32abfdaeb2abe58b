import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { franceConnectButton, orDivider } from '#src/page-parts/franceconnect-button.ts';
import { birthDateField, nameField } from '#src/page-parts/identity/person-fields.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { insetText, unfold } from '#src/web/components/asides.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { cardFront } from '#src/web/drawings/card-front.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Answer, PageRequest, Shown } from '#src/web/page.ts';

/** «JE CRÉE MON COMPTE AMELI»: the four fields; `unknown` adds advice when the person was not recognised. */
export function identityView(
  services: Pick<Services, 'policy' | 'franceConnect'>,
  request: PageRequest,
  shown: Shown,
  { unknown = false } = {},
): Answer {
  const t = identityTexts[request.visit.voice];
  return formPage(request, shown, {
    title: t.title,
    beside: progress(request.visit, 'identity'),
    body: html`<p class="govuk-body-l">${t.lead}</p>
      ${unknown && checklist(request)}
      ${identityForm(services, request, shown)}
      <p class="govuk-body"><a class="govuk-link" href="${paths.provisionalCode}">${otherWaysTexts[request.visit.voice].haveCode}</a></p>`,
  });
}

/**
 * The fields, and FranceConnect in the same form, so that what was typed is kept. Where FranceConnect comes first, a
 * hidden button before it receives the return key, which presses the first button of a form: it sends the fields.
 */
function identityForm(
  { policy, franceConnect }: Pick<Services, 'policy' | 'franceConnect'>,
  { visit }: PageRequest,
  shown: Shown,
): Html {
  const { typed, problems } = shown;
  const t = identityTexts[visit.voice];
  const first = policy.franceConnect.position === 'first';
  const immediate =
    franceConnect &&
    html`<h2 class="govuk-heading-m">${t.franceConnect}</h2>
      ${franceConnectButton(visit, franceConnect, { purpose: 'creation', sendsForm: true })}`;
  return form(visit, {
    before:
      immediate &&
      first &&
      html`<button type="submit" hidden>${t.next}</button>${immediate}${orDivider(visit)}`,
    legend: true,
    body: html`${nameField(visit, shown)}
        ${input(visit, {
          name: 'nir',
          label: t.nir[visit.wording.nir],
          hint: t.nirHint,
          help: unfold(t.nirWhere, html`<p>${t.nirDrawing}</p>${cardFront(visit)}`),
          error: problemOf(problems, 'nir'),
          value: typed.text('nir'),
          autocomplete: 'username',
          spaced: true,
          width: 20,
          spellcheck: 'false',
          autocapitalize: 'characters',
        })}
        ${birthDateField(visit, shown, { prefillFrom: 'nir' })}
        ${input(visit, {
          name: 'codePostal',
          label: t.postalCode,
          hint: t.postalCodeHint,
          error: problemOf(problems, 'codePostal'),
          value: typed.text('codePostal'),
          autocomplete: 'postal-code',
          inputmode: 'numeric',
          width: 5,
        })}
        ${buttonGroup(button({ text: t.next }), button({ text: t.back, href: paths.home, style: 'secondary' }))}
        ${immediate && !first && html`${orDivider(visit)}${immediate}`}`,
  });
}

function checklist({ visit }: PageRequest) {
  const t = identityTexts[visit.voice];
  return insetText(
    html`<h2 class="govuk-heading-m">${t.unknownTitle}</h2>
      <ul class="govuk-list govuk-list--bullet">${t.unknownHelp.map((text) => html`<li>${text}</li>`)}</ul>
      <p>${t.unknownElse(visit.supportTelephone)}</p>`,
  );
}
