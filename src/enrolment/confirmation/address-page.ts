import { notSent } from '#src/enrolment/confirmation/not-sent.ts';
import { sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { movedOn, waitingAccount } from '#src/enrolment/confirmation/waiting-page.ts';
import { readEmail } from '#src/page-parts/contact/form.ts';
import { emailFields } from '#src/page-parts/contact/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  type Answer,
  type Page,
  type PageAnswer,
  type PageRequest,
  redirect,
  type Shown,
} from '#src/web/page.ts';

/** Corrects a mistyped address before it is confirmed: a fresh message goes there, older links die. */
export function correctAddressPage(services: Services): Page {
  return {
    path: paths.waitingAddress,
    guard: (request) => movedOn(request) ?? (waitingAccount(request) ? null : redirect(paths.signIn)),
    show: (request, shown) => view(request, shown),
    submit: (request) => submit(services, request),
  };
}

async function submit(services: Services, request: PageRequest): Promise<Answer> {
  const { typed, visit, now } = request;
  const account = waitingAccount(request);
  if (!account) return redirect(paths.signIn);
  const email = readEmail(typed, visit.language);
  if (!email.ok) return view(request, { typed, problems: email.problems }, email.suggestion);
  const sent = await sendAgain(services, {
    account,
    address: email.email.address,
    kind: 'activation',
    audit: 'address-corrected',
    now,
  });
  if (sent.kind === 'sent') return redirect(paths.waiting);
  const { text, ...refusal } = notSent(request, sent);
  return { ...view(request, { typed, problems: [{ field: null, text }] }), ...refusal };
}

function view(request: PageRequest, shown: Shown, suggestion?: string): PageAnswer {
  const { visit } = request;
  const t = confirmationTexts[visit.language];
  const account = waitingAccount(request);
  return formPage(request, shown, {
    title: t.addressTitle,
    back: paths.waiting,
    body: html`<p class="govuk-body">${t.addressLead(account?.contact.email ?? '')}</p>
      ${form(visit, {
        body: html`${emailFields(visit, shown.typed, shown.problems, suggestion)} ${button({ text: t.addressSubmit })}`,
      })}`,
  });
}
