import { access, type SitePage } from '#src/access/access.ts';
import { parseNir } from '#src/civil-status/nir.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { deviceCookie } from '#src/credentials/known-devices.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { emailProblems } from '#src/page-parts/contact/email-texts.ts';
import { demoTrayLink } from '#src/page-parts/demo-tray-link.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { missingMail } from '#src/page-parts/missing-mail.ts';
import { nirField } from '#src/page-parts/nir-field.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { askReset } from '#src/sign-in/forgotten/ask-reset.ts';
import { forgottenTexts } from '#src/sign-in/forgotten/texts.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, type PageRequest, type Problem, redirect, type Shown } from '#src/web/page.ts';

/**
 * «Mot de passe oublié ?»: the NIR and, optionally, the address of the account. The answer is the same for everybody.
 */
export function forgottenPage(services: Services): SitePage {
  return definePage({
    path: paths.forgotten,
    about: {
      part: 'The account',
      shows: 'NIR, to receive a link',
      form: 'sends a link for a new password where there is an account; says the same otherwise',
    },
    access: access.everybody,
    show: view,
    submit: async (request) => {
      const { typed, visit, sender, now } = request;
      const client = clientOf(services, sender.ip);
      const device = sender.cookie(deviceCookie);
      const reading = parseNir(typed.text('nir'));
      const email = typed.text('email').trim() === '' ? null : parseEmail(typed.text('email'));
      const problems: Problem[] = [];
      if (!reading.ok)
        problems.push({ field: 'nir', text: identityTexts[visit.voice].nirProblems[reading.reason] });
      if (email?.ok === false)
        problems.push({
          field: 'email',
          text: `${emailProblems[visit.voice][email.reason]}. ${forgottenTexts[visit.voice].emailOptional}`,
        });
      if (!reading.ok || email?.ok === false) return view(request, refused(typed, ...problems));
      await askReset(services, { nir: reading.nir, email, device, client, now });
      return redirect(paths.forgottenSent);
    },
  });
}

function view(request: PageRequest, shown: Shown): Answer {
  const { visit } = request;
  const t = forgottenTexts[visit.voice];
  return formPage(request, shown, {
    title: t.title,
    back: paths.signIn,
    body: html`<p class="govuk-body">${t.lead}</p>
      ${form(visit, {
        legend: true,
        body: html`${nirField(visit, shown)}
          ${input(visit, {
            name: 'email',
            label: t.email,
            hint: t.emailHint,
            error: problemOf(shown.problems, 'email'),
            value: shown.typed.text('email'),
            type: 'email',
            autocomplete: 'email',
            spellcheck: 'false',
            required: false,
          })}
          ${button({ text: t.submit })}`,
      })}`,
  });
}

/** The answer to every request. Nothing on it depends on the person. */
export function forgottenSentPage({ policy }: Pick<Services, 'policy'>): SitePage {
  return definePage({
    path: paths.forgottenSent,
    about: { part: 'The account', shows: 'what to do now; nothing on it depends on the person', form: null },
    access: access.everybody,
    show: ({ visit }) => {
      const t = forgottenTexts[visit.voice];
      return {
        kind: 'page',
        title: t.sentTitle,
        body: html`<h1 class="govuk-heading-l">${t.sentTitle}</h1>
        <p class="govuk-body-l">${t.sent}</p>
        ${demoTrayLink(visit, 'email')}
        <h2 class="govuk-heading-m">${t.notReceived}</h2>
        ${missingMail(visit, policy, 'password-reset', null, ...t.advice)}
        <p class="govuk-body">${t.call(visit.supportTelephone)}</p>
        <p class="govuk-body"><a class="govuk-link" href="${paths.signIn}">${t.back}</a></p>`,
      };
    },
  });
}
