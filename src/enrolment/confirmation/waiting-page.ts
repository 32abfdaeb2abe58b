import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookieName, sessionOver } from '#src/access/session-cookie.ts';
import type { Confirming } from '#src/access/who.ts';
import { nirIn, parseNir } from '#src/civil-status/nir.ts';
import { isJustConfirmed } from '#src/confirmations/try-email-code.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { confirmCode } from '#src/enrolment/confirmation/confirm-code.ts';
import { notSent } from '#src/enrolment/confirmation/not-sent.ts';
import { findPending, latestMail } from '#src/enrolment/confirmation/pending.ts';
import { codeProblem, codeSchema } from '#src/enrolment/confirmation/schema.ts';
import { sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { overView, waitingView } from '#src/enrolment/confirmation/waiting-view.ts';
import { confirmationResent } from '#src/enrolment/events.ts';
import { mayHaveProviderSession } from '#src/franceconnect/provider-session.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import { signOutForm } from '#src/page-parts/franceconnect-sign-out.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { wrongCodeText } from '#src/page-parts/last-try.ts';
import { readFields } from '#src/page-parts/typed-text.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { readToken } from '#src/sessions/token.ts';
import { notificationBanner } from '#src/web/components/banners.ts';
import { definePage } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import {
  type Answer,
  nothingTyped,
  type PageRequest,
  type Problem,
  redirect,
  redirectDone,
} from '#src/web/page.ts';

/**
 * «VALIDATION DE MON EMAIL»: shown until the link is used, and takes the code of the mail.
 *
 * A session identifies the account. On another device, or when the session is over, the code is typed with the NIR; a
 * new mail or another address then requires signing in.
 */
export function waitingPage(services: Services): SitePage {
  return definePage({
    path: paths.waiting,
    about: {
      part: 'Confirming the address',
      shows: '«VALIDATION DE MON EMAIL»; without a session the NIR is asked with the code',
      form: 'takes the code of the mail',
    },
    access: access.confirming,
    names: (typed) => nirIn(typed.text('nir')),
    show: async (request, shown) => {
      const { session, now } = request;
      const account = session?.kind === 'waiting' ? session.account : null;
      if (account && account.pendingUntil <= now) return overView(services, request, account);
      const mail = account ? await latestMail(services.db, account.personKey) : null;
      const below = mayHaveProviderSession(request) ? signOutForm(request) : null;
      return waitingView(services, request, shown, account, mail, below);
    },
    submit: (request) => submitCode(services, request),
  });
}

/** «Recevoir un nouveau message». */
export function resendPage(services: Services): SitePage {
  return definePage({
    path: paths.waitingResend,
    about: {
      part: 'Confirming the address',
      shows: 'nothing of its own: a button of the waiting page',
      form: 'sends a new link and code, which supersede older ones',
    },
    access: access.awaitingConfirmation,
    show: () => redirect(paths.waiting),
    submit: async (request) => {
      const { visit, account, now } = request;
      const sent = await sendAgain(services, {
        account,
        address: account.contact.email,
        kind: 'activation',
        event: confirmationResent,
        actor: { kind: 'person' },
        now,
      });
      if (sent.kind === 'sent') return redirectDone('message-sent-again', paths.waiting);
      const { text, ...refusal } = notSent(request, sent);
      const shown = {
        typed: nothingTyped,
        problems: [],
        banner: notificationBanner(visit, { content: text }),
      };
      return { ...waitingView(services, request, shown, account, null), ...refusal };
    },
  });
}

async function submitCode(services: Services, request: PageRequest<Confirming>): Promise<Answer> {
  const { typed, visit, own, now } = request;
  const { policy, keyring } = services;
  const t = confirmationTexts[visit.voice];
  const reading = readFields(codeSchema, { code: typed.text('code') });
  if (reading.ok && (await isSentTwice(services, request, reading.value.code)))
    return redirect(paths.confirmed, sessionOver);
  const nir = own ? null : parseNir(typed.text('nir'));
  const refuse = (...problems: readonly Problem[]) =>
    waitingView(services, request, refused(typed, ...problems), own, null);
  if (nir?.ok === false || !reading.ok) {
    const nirText = nir?.ok === false && identityTexts[visit.voice].nirProblems[nir.reason];
    const codeText = !reading.ok && codeProblem(reading.problems, visit.voice);
    return refuse(
      ...(nirText ? [{ field: 'nir', text: nirText }] : []),
      ...(codeText ? [{ field: 'code', text: codeText }] : []),
    );
  }
  const account = own ?? (nir?.ok ? await findPending(services, nir.nir, now) : null);
  // The same work for a NIR without a pending account, so that the time does not reveal it.
  const person = account?.personKey ?? personKey(keyring, nir?.ok ? nir.nir : '');
  const { code } = reading.value;
  const attempt = {
    personKey: person,
    code,
    own: own !== null,
    client: clientOf(services, request.sender.ip),
    actor: { kind: 'person' },
    now,
  } as const;
  // Typed with a NIR, the code may be for another person than the session of this browser.
  const ending = own ? request.session : null;
  const confirmed = await confirmCode(services, account, attempt, ending);
  if (confirmed.kind === 'blocked') {
    const way = own ? 'correct-address' : 'sign-in';
    return blockedPage(request, confirmed.until, [
      { kind: 'mail', until: null },
      { kind: way, until: null },
    ]);
  }
  if (confirmed.kind === 'wrong')
    return refuse({
      field: 'code',
      text: wrongCodeText(
        visit.voice,
        t.codeWrong(policy.confirmation.codeDigits, policy.confirmation.codeTries),
        confirmed.left,
      ),
    });
  return ending ? redirect(paths.confirmed, sessionOver) : redirect(paths.confirmed);
}

/** Whether the form was shown in a session that ended a moment ago, with this very code: a button was pressed twice. */
async function isSentTwice(
  services: Services,
  { typed, session, sender, now }: PageRequest<Confirming>,
  code: string,
): Promise<boolean> {
  if (session || typed.has('nir')) return false;
  const ended = readToken(services.keyring, 'cookie', sender.cookie(sessionCookieName));
  if (!ended) return false;
  return isJustConfirmed(services, { personKey: ended.personKey, purpose: 'activation', code, now });
}
