import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { Anyone } from '#src/access/who.ts';
import { nirIn, parseNir } from '#src/civil-status/nir.ts';
import { hasCodeShape } from '#src/codes/shape.ts';
import { isIdentifiedAs, type RightCode, tryCode } from '#src/codes/try.ts';
import { deviceCookie, presentedDevice } from '#src/credentials/known-devices.ts';
import { personKey, personKeys } from '#src/crypto/keyring.ts';
import { overView } from '#src/enrolment/confirmation/waiting-view.ts';
import { waitingProof } from '#src/franceconnect/browser.ts';
import { releaseClaim } from '#src/limits/claim-attempt.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { paths } from '#src/paths.ts';
import { enterByCode } from '#src/provisional-code/use.ts';
import type { Services } from '#src/services.ts';
import { closedView } from '#src/sign-in/closed-view.ts';
import { enterByPassword, type RightPassword } from '#src/sign-in/enter-by-password.ts';
import { findEntrant, takesPassword } from '#src/sign-in/entrant.ts';
import { judgePassword } from '#src/sign-in/judge-password.ts';
import { formatNextTry } from '#src/sign-in/next-try.ts';
import { signInTexts } from '#src/sign-in/texts.ts';
import { signInView } from '#src/sign-in/view.ts';
import { readCode } from '#src/texts/written-code.ts';
import { notificationBanner } from '#src/web/components/banners.ts';
import { definePage } from '#src/web/define-page.ts';
import { draftCookie, placeOfDraft } from '#src/web/forms/draft.ts';
import { type Answer, type PageRequest, type Problem, redirect, Typed } from '#src/web/page.ts';

/**
 * «J’accède à mon compte ameli»: NIR and password, or a provisional code, which continues to the creation of an
 * account; no code where the policy requires more than the NIR with it.
 *
 * An unknown number, a wrong password, a suspended account and a disabled one get the same answer: same status, same
 * bytes, same time, for the same number of attempts. Only a person who has the password reads that the account is closed
 * because somebody died, or that its address was not confirmed in time.
 */
export function signInPage(services: Services): SitePage {
  return definePage({
    path: paths.signIn,
    about: {
      part: 'The account',
      shows: 'NIR and password',
      form: 'judges the password; opens a session of its own',
    },
    access: access.signedOut,
    names: (typed) => nirIn(typed.text('nir')),
    show: (request, shown) => {
      const { visit, sessionOver } = request;
      if (!sessionOver || shown.problems.length > 0 || shown.banner)
        return signInView(services, request, shown);
      const content = signInTexts[visit.voice].sessionOver;
      return signInView(services, request, { ...shown, banner: notificationBanner(visit, { content }) });
    },
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<Anyone>): Promise<Answer> {
  const { typed, visit } = request;
  const t = signInTexts[visit.voice];
  const reading = parseNir(typed.text('nir'));
  const password = typed.secret('motDePasse');
  const kept = new Typed(new Map([['nir', typed.text('nir')]]));
  if (!reading.ok || password === '') {
    const problems: Problem[] = [];
    if (!reading.ok)
      problems.push({ field: 'nir', text: identityTexts[visit.voice].nirProblems[reading.reason] });
    if (password === '') problems.push({ field: 'motDePasse', text: t.passwordEmpty });
    return signInView(services, request, { typed: kept, problems });
  }
  return judge(services, request, { nir: reading.nir, password, kept });
}

/** A well-formed NIR and a password, and the fields to show again when they are refused. */
interface Credentials {
  readonly nir: string;
  readonly password: string;
  readonly kept: Typed;
}

async function judge(
  services: Services,
  request: PageRequest<Anyone>,
  { nir, password, kept }: Credentials,
): Promise<Answer> {
  const { db, keyring } = services;
  const { visit, session, sender, now } = request;
  const t = signInTexts[visit.voice];
  const persons = personKeys(keyring, nir);
  const enrolledHere = persons.some((key) => session?.personKey.equals(key));
  const where = { client: clientOf(services, sender.ip), signal: sender.leaving(), now };
  const subject = personKey(keyring, nir);
  const device = sender.cookie(deviceCookie);
  const once = sender.once();
  const found = await findEntrant(db, keyring, presentedDevice(persons, device, once), now);
  const holder = found && takesPassword(found) ? found : null;
  const tryAsCode = () => typedAsCode(services, request, nir, password);
  const typed = { nir, subject, holder, password, enrolledHere, tryAsCode };
  const judged = await judgePassword(services, where, typed);
  const refuse = (until: Date) => {
    const text = t.refused(formatNextTry(until, now, visit.voice));
    return signInView(services, request, { typed: kept, problems: [{ field: null, text }] });
  };
  switch (judged.kind) {
    case 'busy': {
      const problems = [{ field: null, text: t.busy }];
      const busy = signInView(services, request, { typed: kept, problems }, 503);
      return { ...busy, retryAfterSeconds: judged.retryAfterSeconds };
    }
    case 'refused':
      return refuse(judged.until);
    case 'code': {
      const { code } = judged;
      const answer = await enterByCode(services, { nir, code, session, once, now });
      return answer ?? refuse(now);
    }
    case 'accepted': {
      if (!holder) return refuse(now);
      const { userAgent } = request.sender;
      const right = { entrant: holder, judged, nir, typed: password, subject, older: request.session };
      const entering = { ...where, ...right, device, userAgent, request: once };
      const entered = await enter(services, request, entering).catch(async (error: unknown) => {
        await releaseClaim(services, judged.claim, now);
        throw error;
      });
      return entered instanceof Date ? refuse(entered) : entered;
    }
  }
}

/**
 * Tries the text typed as a password as a provisional code, if it has the form of one. Where a code requires more than
 * the NIR (`codes.askedWith`), it is entered on its own page.
 */
async function typedAsCode(
  services: Services,
  { session, sender, now }: PageRequest<Anyone>,
  nir: string,
  typed: string,
): Promise<RightCode | null> {
  const code = readCode(typed);
  if (services.policy.codes.askedWith !== 'nir' || !hasCodeShape(code, services.policy)) return null;
  const tried = await tryCode(services, {
    nir,
    code,
    person: null,
    own: isIdentifiedAs(session, nir),
    client: clientOf(services, sender.ip),
    now,
  });
  return tried.kind === 'right' ? tried.code : null;
}

/**
 * Signs in, with a new session. The instant of the next try when the account changed or was suspended while the password
 * was verified.
 */
async function enter(
  services: Services,
  request: PageRequest<Anyone>,
  entering: RightPassword,
): Promise<Answer | Date> {
  const { now, judged } = entering;
  const { outcome, cookie } = await enterByPassword(services, entering);
  switch (outcome.kind) {
    case 'challenge':
      return outcome.factor;
    case 'refusal':
      if (outcome.reason === 'unconfirmed') return { ...overView(services, request, outcome), status: 403 };
      if (outcome.reason === 'deceased' || outcome.reason === 'left')
        return closedView(request.visit, outcome.reason);
      return outcome.reason === 'blocked' ? outcome.until : now;
    case 'session': {
      if (outcome.opens === 'waiting') return redirect(paths.waiting, sessionCookie(outcome.issued));
      const { personKey } = judged.password;
      const proved = await waitingProof(services, request, personKey);
      const to = proved ? paths.franceConnectLink : placeAfter(services, request, personKey);
      return redirect(to, sessionCookie(outcome.issued), cookie);
    }
  }
}

/** The account or, in it, the page on which the person was writing when their session ended. */
function placeAfter(
  { keyring }: Pick<Services, 'keyring'>,
  { sender, now }: PageRequest<Anyone>,
  personKey: Buffer,
): string {
  const written = placeOfDraft(keyring, personKey, sender.cookie(draftCookie), now);
  return written?.startsWith(`${paths.account}/`) ? written : paths.account;
}
