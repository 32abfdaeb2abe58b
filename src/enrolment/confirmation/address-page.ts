import { access, type SitePage } from '#src/access/access.ts';
import type { AwaitingConfirmation } from '#src/access/who.ts';
import { notSent } from '#src/enrolment/confirmation/not-sent.ts';
import { sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { addressCorrected } from '#src/enrolment/events.ts';
import { proposalTaken, readEmail } from '#src/page-parts/contact/form.ts';
import { emailFields } from '#src/page-parts/contact/view.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, type PageAnswer, type PageRequest, redirectDone, type Shown } from '#src/web/page.ts';

/** Corrects a mistyped address before it is confirmed: a new mail is sent there, older links are superseded. */
export function correctAddressPage(services: Services): SitePage {
  return definePage({
    path: paths.waitingAddress,
    about: {
      part: 'Confirming the address',
      shows: 'correction of a mistyped address',
      form: 'sends a new link and code, which supersede older ones, to the corrected address',
    },
    access: access.awaitingConfirmation,
    show: (request, shown) => view(request, shown),
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<AwaitingConfirmation>): Promise<Answer> {
  const { visit, account, now } = request;
  const typed = proposalTaken(request.typed);
  const email = readEmail(typed, visit.voice);
  if (!email.ok) return view(request, { typed, problems: email.problems }, email.suggestion);
  const sent = await sendAgain(services, {
    account,
    address: email.email.address,
    kind: 'activation',
    event: addressCorrected,
    actor: { kind: 'person' },
    now,
  });
  if (sent.kind === 'sent') return redirectDone('address-corrected', paths.waiting);
  const { text, ...refusal } = notSent(request, sent);
  return { ...view(request, { typed, problems: [{ field: null, text }] }), ...refusal };
}

function view(request: PageRequest<AwaitingConfirmation>, shown: Shown, suggestion?: string): PageAnswer {
  const { visit, account } = request;
  const t = confirmationTexts[visit.voice];
  return formPage(request, shown, {
    title: t.addressTitle,
    beside: progress(visit, 'confirmation'),
    back: paths.waiting,
    body: html`<p class="govuk-body">${t.addressLead(account.contact.email)}</p>
      ${form(visit, {
        legend: true,
        body: html`${emailFields(visit, shown.typed, shown.problems, suggestion)} ${button({ text: t.addressSubmit })}`,
      })}`,
  });
}
