import { nirIn, parseNir } from '#src/civil-status/nir.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { confirmCode } from '#src/enrolment/confirmation/confirm-code.ts';
import { notSent } from '#src/enrolment/confirmation/not-sent.ts';
import { type ConfirmationMail, findPending, latestMail } from '#src/enrolment/confirmation/pending.ts';
import { codeProblem, codeSchema } from '#src/enrolment/confirmation/schema.ts';
import { sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { overView, waitingView } from '#src/enrolment/confirmation/waiting-view.ts';
import { hasProviderSession, providerSession } from '#src/franceconnect/browser.ts';
import { signOutForm } from '#src/franceconnect-pages/outcome-page.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import { readFields } from '#src/page-parts/typed-text.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { endSession } from '#src/sessions/change-session.ts';
import { notificationBanner } from '#src/web/components/banners.ts';
import { refused } from '#src/web/forms/form-page.ts';
import type { Html } from '#src/web/html.ts';
import {
  type Answer,
  nothingTyped,
  type Page,
  type PageRequest,
  redirect,
  sessionOver,
} from '#src/web/page.ts';

/**
 * «VALIDATION DE MON EMAIL»: waits for the link, or takes the code of the mail.
 *
 * With a session it knows whose account it waits for. On another device, or when the session is over, the code
 * is typed with the NIR; a new message or another address then needs signing in.
 */
export function waitingPage(services: Services): Page {
  return {
    path: paths.waiting,
    names: (typed) => nirIn(typed.text('nir')),
    guard: movedOn,
    show: async (request, shown) => {
      const { session, now } = request;
      const account = session?.kind === 'waiting' ? session.account : null;
      if (account && account.pendingUntil <= now) return overView(services, request, account);
      const atProvider = providerSession(request.browser, now);
      const mail = account ? await latestMail(services.db, account.personKey, atProvider) : null;
      const banner = shown.banner ?? (mail && justAsked(mail, now) ? sentAgainBanner(request) : undefined);
      const told = banner ? { ...shown, banner } : shown;
      const shared = mail ? mail.also : await hasProviderSession(services.db, request.browser, now);
      const below = shared ? signOutForm(request) : null;
      return waitingView(services, request, told, account, mail?.fate ?? null, below);
    },
    submit: (request) => submitCode(services, request),
  };
}

/** «Recevoir un nouveau message». */
export function resendPage(services: Services): Page {
  return {
    path: paths.waitingResend,
    show: () => redirect(paths.waiting),
    guard: (request) => movedOn(request) ?? (waitingAccount(request) ? null : redirect(paths.signIn)),
    submit: async (request) => {
      const account = waitingAccount(request);
      if (!account) return redirect(paths.signIn);
      const { visit, now } = request;
      const sent = await sendAgain(services, {
        account,
        address: account.contact.email,
        kind: 'activation',
        audit: 'confirmation-resent',
        now,
      });
      if (sent.kind === 'sent') return redirect(paths.waiting);
      const { text, ...refusal } = notSent(request, sent);
      const shown = {
        typed: nothingTyped,
        problems: [],
        banner: notificationBanner(visit, { content: text }),
      };
      return { ...waitingView(services, request, shown, account, null), ...refusal };
    },
  };
}

/** Whether the mail was asked for by the button a moment ago: its page then says that it left. */
function justAsked({ asked, fate }: ConfirmationMail, now: Date): boolean {
  return asked > 0 && now.getTime() - fate.created_at.getTime() < 60_000;
}

function sentAgainBanner({ visit }: PageRequest): Html {
  return notificationBanner(visit, { type: 'success', content: confirmationTexts[visit.language].resent });
}

async function submitCode(services: Services, request: PageRequest): Promise<Answer> {
  const { typed, visit, now, client } = request;
  const { policy, keyring } = services;
  const t = confirmationTexts[visit.language];
  const own = waitingAccount(request);
  const reading = readFields(codeSchema, { code: typed.text('code') });
  const nir = own ? null : parseNir(typed.text('nir'));
  const refuse = (field: 'code' | 'nir', text: string) =>
    waitingView(services, request, refused(typed, { field, text }), own, null);
  if (nir && !nir.ok) return refuse('nir', t.nirWrong);
  if (!reading.ok) return refuse('code', codeProblem(reading.problems, visit.language));
  const account = own ?? (nir?.ok ? await findPending(services, nir.nir, now) : null);
  // The same work for a number that waits for nothing: the time taken does not tell it apart.
  const person = account?.personKey ?? personKey(keyring, nir?.ok ? nir.nir : '');
  const { code } = reading.value;
  const attempt = {
    personKey: person,
    code,
    own: own !== null,
    client,
    actor: { kind: 'person' },
    now,
  } as const;
  const confirmed = await confirmCode(services, account, attempt);
  if (confirmed.kind === 'blocked') return blockedPage(request, confirmed.until);
  if (confirmed.kind === 'wrong')
    return refuse('code', t.codeWrong(policy.confirmation.codeDigits, policy.confirmation.codeTries));
  // Typed with a number, the code may be of somebody else than whose session this browser has.
  if (!own || !request.session) return redirect(paths.confirmed);
  await endSession(services.db, request.session);
  return redirect(paths.confirmed, sessionOver);
}

/** Whoever has finished, or has not come this far, is elsewhere. */
export function movedOn({ session }: PageRequest): Answer | null {
  if (session?.kind === 'account') return redirect(paths.account);
  if (session?.kind === 'waiting' && session.account?.status === 'active') return redirect(paths.confirmed);
  return null;
}

export function waitingAccount({ session }: PageRequest) {
  return session?.kind === 'waiting' && session.account?.status === 'pending' ? session.account : null;
}
