import { contactTexts } from '#src/enrolment/contact/texts.ts';
import { paths } from '#src/paths.ts';
import type { ConsentPurpose, Policy } from '#src/policy/schema.ts';
import { common } from '#src/texts/common.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { radios } from '#src/web/components/radios.ts';
import { formPage, problemOf } from '#src/web/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import { stepProgress } from '#src/web/layout.ts';
import type { Answer, PageRequest, Problem, Shown, Typed } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** «Informations personnelles»; `suggestion` is the address that was perhaps meant. */
export function contactView(request: PageRequest, shown: Shown, policy: Policy, suggestion?: string): Answer {
  const { visit } = request;
  const { typed, problems } = shown;
  const t = contactTexts[visit.language];
  const consent = (purpose: ConsentPurpose) =>
    policy.contact.consents.includes(purpose) && consentField(visit, typed, purpose);
  return formPage(request, shown, {
    title: t.title,
    heading: html`${stepProgress(visit, 3, 3)}<h1 class="govuk-heading-l">${t.title}</h1>`,
    back: paths.password,
    body: form(visit, {
      body: html`<p class="govuk-body">${t.required}</p>
        <h2 class="govuk-heading-m">${t.emailTitle}</h2>
        <p class="govuk-body">${t.emailWhy}</p>
        ${emailFields(visit, typed, problems, suggestion)}
        ${consent('promoEmail')}
        <h2 class="govuk-heading-m">${t.telephonesTitle}</h2>
        <p class="govuk-body">${t.telephonesHint}</p>
        ${telephoneField(visit, typed, problems, 'portable')}
        ${consent('promoPortableTelephone')} ${consent('promoPortableSms')}
        ${telephoneField(visit, typed, problems, 'fixe')}
        ${consent('promoFixeTelephone')} ${consent('etudes')}
        <p class="govuk-body">${t.consentsFree}</p>
        ${buttonGroup(button({ text: t.next }), button({ text: t.back, href: paths.password, style: 'secondary' }))}`,
    }),
  });
}

/** The address, typed twice; used wherever an address is given. */
export function emailFields(
  visit: Visit,
  typed: Typed,
  problems: readonly Problem[],
  suggestion?: string,
): Html {
  const t = contactTexts[visit.language];
  return html`${input(visit, {
    name: 'email',
    label: t.email,
    hint: t.emailHint,
    error: problemOf(problems, 'email'),
    value: typed.text('email'),
    type: 'email',
    autocomplete: 'email',
    spellcheck: 'false',
  })}
  ${input(visit, {
    name: 'emailConfirmation',
    label: t.emailConfirmation,
    error: problemOf(problems, 'emailConfirmation'),
    value: typed.text('emailConfirmation'),
    type: 'email',
    autocomplete: 'email',
    spellcheck: 'false',
  })}
  ${suggestion !== undefined && html`<input type="hidden" name="adresseProposee" value="${suggestion}">`}`;
}

/** One optional number. */
export function telephoneField(
  visit: Visit,
  typed: Typed,
  problems: readonly Problem[],
  name: 'portable' | 'fixe',
): Html {
  const t = contactTexts[visit.language];
  return input(visit, {
    name,
    label: t[name],
    hint: name === 'portable' ? t.portableHint : t.fixeHint,
    error: problemOf(problems, name),
    value: typed.text(name),
    type: 'tel',
    autocomplete: 'tel',
    inputmode: 'tel',
    width: 20,
    required: false,
  });
}

/** One consent: «Non» unless the person says otherwise. */
export function consentField(visit: Visit, typed: Typed, purpose: ConsentPurpose): Html {
  const words = common[visit.language];
  return radios(visit, {
    name: purpose,
    label: contactTexts[visit.language].consents[purpose],
    value: typed.text(purpose) === 'oui' ? 'oui' : 'non',
    inline: true,
    items: [
      { value: 'oui', text: words.yes },
      { value: 'non', text: words.no },
    ],
  });
}
