import { askReset } from '#src/account/forgotten/ask-reset.ts';
import { forgottenTexts } from '#src/account/forgotten/texts.ts';
import { nirField } from '#src/account/sign-in/nir-field.ts';
import { identityTexts } from '#src/enrolment/identity/texts.ts';
import { paths } from '#src/paths.ts';
import { parseNir } from '#src/register/nir.ts';
import type { Services } from '#src/services.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { formPage, refused } from '#src/web/form-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, type Page, type PageRequest, redirect, type Shown } from '#src/web/page.ts';

/** «Mot de passe oublié ?»: asks for the NIR, and answers the same to everybody. */
export function forgottenPage(services: Services): Page {
  return {
    path: paths.forgotten,
    show: view,
    submit: async (request) => {
      const { typed, visit, client, now } = request;
      const reading = parseNir(typed.text('nir'));
      if (!reading.ok) {
        const text = identityTexts[visit.language].nirProblems[reading.reason];
        return view(request, refused(typed, { field: 'nir', text }));
      }
      await askReset(services, reading.nir, client, now);
      return redirect(paths.forgottenSent);
    },
  };
}

function view(request: PageRequest, shown: Shown): Answer {
  const { visit } = request;
  const t = forgottenTexts[visit.language];
  return formPage(request, shown, {
    title: t.title,
    back: paths.signIn,
    body: html`<p class="govuk-body">${t.lead}</p>
      ${form(visit, {
        body: html`<p class="govuk-body">${t.required}</p>${nirField(visit, shown)}${button({ text: t.submit })}`,
      })}`,
  });
}

/** What everybody is told who asked. Nothing on it depends on the person. */
export const forgottenSentPage: Page = {
  path: paths.forgottenSent,
  show: ({ visit }) => {
    const t = forgottenTexts[visit.language];
    return {
      kind: 'page',
      title: t.sentTitle,
      body: html`<h1 class="govuk-heading-l">${t.sentTitle}</h1>
        <p class="govuk-body-l">${t.sent}</p>
        <h2 class="govuk-heading-m">${t.notReceived}</h2>
        <ul class="govuk-list govuk-list--bullet">${t.advice.map((text) => html`<li>${text}</li>`)}</ul>
        <p class="govuk-body">${t.call(visit.supportTelephone)}</p>
        <p class="govuk-body"><a class="govuk-link" href="${paths.signIn}">${t.back}</a></p>`,
    };
  },
};
