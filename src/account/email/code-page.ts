import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { SignedIn } from '#src/access/who.ts';
import { confirmNewAddress } from '#src/account/email/confirm-new-address.ts';
import { pendingAddress } from '#src/account/email/pending-address.ts';
import { emailTexts } from '#src/account/email/texts.ts';
import { tryEmailCode } from '#src/confirmations/try-email-code.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { latestFate } from '#src/notices/fate.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import { demoTrayLink } from '#src/page-parts/demo-tray-link.ts';
import { wrongCodeText } from '#src/page-parts/last-try.ts';
import { fateView } from '#src/page-parts/mail-fate.ts';
import { missingMail } from '#src/page-parts/missing-mail.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import { formatTime } from '#src/texts/typography.ts';
import { readDigits } from '#src/texts/written-code.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, nothingTyped, type PageRequest, redirectDone, type Shown } from '#src/web/page.ts';

/** The code sent to a new address. */
export function accountEmailCodePage(services: Services): SitePage {
  return definePage({
    path: paths.accountEmailCode,
    about: {
      part: 'The account',
      shows: 'code sent to the new address',
      form: 'replaces the address with the new one',
    },
    access: access.signedIn,
    show: (request, shown) => view(services, request, shown),
    submit: async (request) => {
      const { typed, visit, session, account, now } = request;
      const client = clientOf(services, request.sender.ip);
      const t = emailTexts[visit.voice];
      const reading = readDigits(typed.text('code'));
      const refuse = (text: string) =>
        view(services, request, refused(nothingTyped, { field: 'code', text }));
      if (!reading.ok) return refuse(reading.reason === 'empty' ? t.codeEmpty : t.codeCharacters);
      const { code } = reading;
      const { personKey } = account;
      const purpose = 'new-address' as const;
      const actor = actorOf(session);
      const attempt = { personKey, purpose, code, own: true, client, actor, now };
      const trial = await tryEmailCode(services, attempt);
      if (trial.kind === 'blocked') return blockedPage(request, trial.until, meanwhile);
      if (trial.kind === 'wrong') {
        const text = t.codeWrong(services.policy.confirmation.codeTries);
        return refuse(wrongCodeText(visit.voice, text, trial.left));
      }
      const confirmed = { ...trial.confirmation, account };
      const done = await confirmNewAddress(services, confirmed, session, now);
      if (!done) {
        const { db, keyring } = services;
        const isPending = (await pendingAddress(db, keyring, personKey, now)) !== null;
        return isPending ? { kind: 'overtaken', to: paths.accountEmailCode } : over(request, refusedStatus);
      }
      const cookies = done.issued ? [sessionCookie(done.issued)] : [];
      return redirectDone('address-changed', paths.accountInformation, ...cookies);
    },
  });
}

/** What is left to a client with too many wrong codes. */
const meanwhile = [
  { kind: 'mail', until: null },
  { kind: 'account', until: null },
] as const;

async function view(
  { db, keyring, policy }: Services,
  request: PageRequest<SignedIn>,
  shown: Shown,
): Promise<Answer> {
  const { visit, now } = request;
  const t = emailTexts[visit.voice];
  const { personKey } = request.account;
  const pending = await pendingAddress(db, keyring, personKey, now);
  if (!pending) return over(request, shown.problems.length > 0 ? refusedStatus : 200);
  const { address, until } = pending;
  const fate = await latestFate(db, personKey, ['new-address', 'address-taken']);
  return formPage(request, shown, {
    title: t.codeTitle,
    back: paths.accountInformation,
    body: html`${address && html`<p class="govuk-body">${t.sentTo} <strong>${address}</strong></p>`}
      <p class="govuk-body">${t.codeLead}</p>
      ${fate && fateView(visit, fate, now)}
      ${demoTrayLink(visit, 'email')}
      <p class="govuk-body">${t.until(formatTime(until, visit.voice))}</p>
      ${form(visit, {
        body: html`${input(visit, {
          name: 'code',
          label: t.code(policy.confirmation.codeDigits),
          hint: t.codeHint,
          error: problemOf(shown.problems, 'code'),
          autocomplete: 'one-time-code',
          inputmode: 'numeric',
          spaced: true,
          width: 10,
          spellcheck: 'false',
        })}
        ${button({ text: t.codeSubmit })}`,
      })}
      <h2 class="govuk-heading-m">${t.notReceived}</h2>
      ${missingMail(visit, policy, 'new-address', address)}
      <p class="govuk-body"><a class="govuk-link" href="${paths.accountEmail}">${t.again}</a></p>`,
  });
}

/** A code that was refused because no address waits any more: the same form, sent twice, may have confirmed it. */
const refusedStatus = 422;

function over({ visit }: PageRequest, status: number): Answer {
  const t = emailTexts[visit.voice];
  return {
    kind: 'page',
    status,
    title: t.codeTitle,
    body: html`<h1 class="govuk-heading-l">${t.codeTitle}</h1>
      <p class="govuk-body">${t.none}</p>
      ${button({ text: t.back, href: paths.accountInformation })}
      <p class="govuk-body"><a class="govuk-link" href="${paths.accountEmail}">${t.title}</a></p>`,
  };
}
