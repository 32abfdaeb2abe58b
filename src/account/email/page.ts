import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { changeForm, withCurrentPassword } from '#src/account/current-password.ts';
import { askNewAddress } from '#src/account/email/ask-new-address.ts';
import { emailTexts } from '#src/account/email/texts.ts';
import { maskEmail } from '#src/contact/email-address.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import { proposalTaken, readEmail } from '#src/page-parts/contact/form.ts';
import { emailFields } from '#src/page-parts/contact/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  type Answer,
  type PageAnswer,
  type PageRequest,
  type Problem,
  redirectDone,
  type Shown,
} from '#src/web/page.ts';

/** A new address: it replaces the old one once it is confirmed. */
export function accountEmailPage(services: Services): SitePage {
  return definePage({
    path: paths.accountEmail,
    about: {
      part: 'The account',
      shows: 'change of the e-mail address',
      form: 'with the current password: sends a link and a code to the new address',
    },
    access: access.signedIn,
    show: (request, shown) => view(request, shown),
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<SignedIn>): Promise<Answer> {
  const { visit, now } = request;
  const typed = proposalTaken(request.typed);
  const reading = readEmail(typed, visit.voice);
  const own = request.account.contact.email;
  const suggestion = reading.ok ? undefined : reading.suggestion;
  const problems: readonly Problem[] = !reading.ok
    ? reading.problems
    : reading.email.canonical === own.toLowerCase()
      ? [{ field: 'email', text: emailTexts[visit.voice].same }]
      : [];
  return withCurrentPassword(services, request, {
    problems,
    refuse: (all, status) => view(request, { typed, problems: all }, suggestion, status),
    apply: async (owner) => {
      const sent = reading.ok ? await askNewAddress(services, owner, reading.email, now) : null;
      if (sent?.kind === 'gone') return { kind: 'overtaken', to: paths.accountEmail };
      return sent?.kind === 'blocked'
        ? blockedPage(request, sent.until, [{ kind: 'account', until: null }])
        : redirectDone('new-address-given', paths.accountEmailCode);
    },
  });
}

function view(
  request: PageRequest<SignedIn>,
  shown: Shown,
  suggestion?: string,
  status?: number,
): PageAnswer {
  const { visit } = request;
  const t = emailTexts[visit.voice];
  const { email } = request.account.contact;
  return formPage(request, shown, {
    title: t.title,
    back: paths.accountInformation,
    body: html`<p class="govuk-body">${t.current(maskEmail(email))}</p>
      <p class="govuk-body">${t.lead}</p>
      ${changeForm(visit, shown.problems, emailFields(visit, shown.typed, shown.problems, suggestion))}`,
    ...(status ? { status } : {}),
  });
}
