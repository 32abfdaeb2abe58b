import { changeForm, withCurrentPassword } from '#src/account/current-password.ts';
import { askNewAddress } from '#src/account/email/ask-new-address.ts';
import { emailTexts } from '#src/account/email/texts.ts';
import { accountGuard, signedInAs } from '#src/account/guard.ts';
import { maskEmail } from '#src/contact/email-address.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import { readEmail } from '#src/page-parts/contact/form.ts';
import { emailFields } from '#src/page-parts/contact/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  type Answer,
  type Page,
  type PageAnswer,
  type PageRequest,
  type Problem,
  redirect,
  type Shown,
} from '#src/web/page.ts';

/** A new address: it takes the place of the old one once it is confirmed. */
export function accountEmailPage(services: Services): Page {
  return {
    path: paths.accountEmail,
    guard: accountGuard,
    show: (request, shown) => view(request, shown),
    submit: (request) => submit(services, request),
  };
}

async function submit(services: Services, request: PageRequest): Promise<Answer> {
  const { typed, visit, now } = request;
  const reading = readEmail(typed, visit.language);
  const own = signedInAs(request).account.contact.email;
  const suggestion = reading.ok ? undefined : reading.suggestion;
  const problems: readonly Problem[] = !reading.ok
    ? reading.problems
    : reading.email.canonical === own.toLowerCase()
      ? [{ field: 'email', text: emailTexts[visit.language].same }]
      : [];
  return withCurrentPassword(services, request, {
    problems,
    refuse: (all, status) => view(request, { typed, problems: all }, suggestion, status),
    make: async (known) => {
      const nextAt = reading.ok ? await askNewAddress(services, known, reading.email, now) : null;
      return nextAt ? blockedPage(request, nextAt) : redirect(paths.accountEmailCode);
    },
  });
}

function view(request: PageRequest, shown: Shown, suggestion?: string, status?: number): PageAnswer {
  const { visit } = request;
  const t = emailTexts[visit.language];
  const { email } = signedInAs(request).account.contact;
  return formPage(request, shown, {
    title: t.title,
    back: paths.account,
    body: html`<p class="govuk-body">${t.current(maskEmail(email))}</p>
      <p class="govuk-body">${t.lead}</p>
      ${changeForm(visit, shown.problems, emailFields(visit, shown.typed, shown.problems, suggestion))}`,
    ...(status ? { status } : {}),
  });
}
