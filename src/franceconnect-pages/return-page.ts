import { access, type SitePage } from '#src/access/access.ts';
import { placeOfProven } from '#src/access/place.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { Anyone } from '#src/access/who.ts';
import { linkAccount } from '#src/account/franceconnect/link.ts';
import { subjectKeys } from '#src/accounts/franceconnect-link.ts';
import { readDeviceKind } from '#src/credentials/device-kind.ts';
import { deviceCookie, rememberDevice } from '#src/credentials/known-devices.ts';
import { atOnce, type Write } from '#src/database/at-once.ts';
import { beginDossier } from '#src/enrolment/begin-dossier.ts';
import { browserOf, browserSecret, findOutcome, newBrowserSecret } from '#src/franceconnect/browser.ts';
import { type Intent, type Journey, takeJourney } from '#src/franceconnect/journey.ts';
import type { Reason } from '#src/franceconnect/outcome.ts';
import { keepingProviderSession } from '#src/franceconnect/provider-session.ts';
import {
  endBlocked,
  type Return,
  type ReturnOutcome,
  refuse,
  returnUnder,
} from '#src/franceconnect-pages/refuse.ts';
import { type Opening, resolveProven } from '#src/franceconnect-pages/resolve.ts';
import { ofClient } from '#src/limits/attempt.ts';
import { passing } from '#src/limits/record-attempt.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import type { Failure } from '#src/oidc/failures.ts';
import type { OpenIdProvider, Proven } from '#src/oidc/provider.ts';
import { paths } from '#src/paths.ts';
import type { PivotIdentity } from '#src/register/pivot.ts';
import type { Services } from '#src/services.ts';
import { signIn } from '#src/sign-in/sign-in.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Answer, type PageRequest, redirect, redirectDone, withCookies } from '#src/web/page.ts';

type Provider = OpenIdProvider<PivotIdentity>;

/**
 * Where FranceConnect sends the browser back. Whatever came, the answer leads to an address without it: on with the
 * journey, or to the page that explains why not. A refusal opens nothing and leaves one audit event.
 */
export function franceConnectReturnPage(services: Services): SitePage {
  return definePage({
    path: paths.franceConnectReturn,
    about: {
      part: 'FranceConnect',
      shows:
        'nothing of its own: judges the answer of FranceConnect, once, for a journey begun in the same browser within 10 minutes, and redirects',
      form: null,
    },
    access: access.franceConnectReturn(services),
    show: async (request) => {
      const { answer, passed, personKey } = await arrive(services, request.franceConnect, request);
      services.events.stepAnswered(paths.franceConnectReturn, passed ? 'passed' : 'refused', personKey);
      return answer;
    },
  });
}

/** Takes out the journey that this browser began, and goes through with it under a new secret. */
async function arrive(
  services: Services,
  provider: Provider,
  request: PageRequest<Anyone>,
): Promise<ReturnOutcome> {
  const { query, now } = request;
  const browser = browserOf(request);
  const [state = '', second] = query.getAll('state');
  const journey = second === undefined ? await takeJourney(services, { state, browser }, now) : null;
  // An address without a journey may be another site’s doing: it takes no secret away from the journey under way.
  const { secret, cookie } = journey
    ? newBrowserSecret(services.random)
    : browserSecret(browser, services.random);
  const here = returnUnder(services, request, secret);
  const arrival = journey
    ? await verify(services, provider, here, journey)
    : ((await comeAgain(services, here)) ??
      (await refuse(services, here, {
        reason: 'expired',
        detail: 'transaction',
        // An image on a page of any other site may have asked.
        isInnocent: true,
        purpose: 'connexion',
        personKey: null,
        typed: null,
      })));
  // A second copy of a request does not take away the secret that the first one has just renewed.
  return secret === browser ? arrival : { ...arrival, answer: withCookies(arrival.answer, [cookie]) };
}

/**
 * A return that has served already: the page was reloaded, gone back to, or asked for twice. The person is sent to where
 * the journey has led them; null when it led nowhere.
 */
async function comeAgain({ db, keyring }: Services, request: Return): Promise<ReturnOutcome | null> {
  const { session, browser, now } = request;
  if (await findOutcome(db, keyring, browser, now))
    return { answer: redirect(paths.franceConnectOutcome), passed: false, personKey: null };
  const place = session && placeOfProven(session);
  return place ? { answer: redirect(place), passed: true, personKey: session.personKey } : null;
}

/** Asks the provider who came back, unless this client has failed too often. */
async function verify(
  services: Services,
  provider: Provider,
  request: Return,
  { secrets, intent }: Journey,
): Promise<ReturnOutcome> {
  const { client, query, now } = request;
  const { db, policy } = services;
  const { purpose, typed, person } = intent;
  const subject = { purpose, typed, personKey: person === null ? null : Buffer.from(person, 'hex') };
  const about = subject.personKey ?? client.key;
  const watched = ofClient(services.limits.client.franceconnect, client, about);
  // Without a code nothing is asked there, and nobody can be proved.
  const until = query.has('code') ? await suspendedUntil(db, watched, now) : null;
  if (until) return endBlocked(services, request, subject, until);
  const completion = await provider.complete(query, secrets);
  if (completion.kind !== 'proven')
    return refuse(services, request, { ...subject, ...failureReason(completion) });
  const { proven } = completion;
  const session = { idToken: proven.idToken, minutes: policy.franceConnect.sessionMinutes };
  const { writes, cookie } = keepingProviderSession(services, request, session);
  const outcome = await match(services, request, intent, proven, writes);
  return { ...outcome, answer: withCookies(outcome.answer, [cookie]) };
}

/** Finds who of our people was proved, and opens what the proof opens for them. */
async function match(
  services: Services,
  request: Return,
  intent: Intent,
  proven: Proven<PivotIdentity>,
  /** The session at the provider, which the browser has from now on. */
  kept: readonly Write[],
): Promise<ReturnOutcome> {
  const { db } = services;
  const { client, now } = request;
  const { purpose, typed } = intent;
  const resolution = await resolveProven(services, request, intent, proven);
  if (resolution.kind === 'stop') {
    const { reason, personKey, waitingSubject, account } = resolution;
    const proof =
      waitingSubject && personKey
        ? { person: personKey.toString('hex'), subject: waitingSubject.toString('hex') }
        : null;
    const isInnocent = innocentReasons.has(reason);
    return refuse(services, request, {
      reason,
      kept,
      isInnocent,
      purpose,
      typed,
      personKey,
      proof,
      ...(account ? { account } : {}),
    });
  }
  const { personKey } = resolution;
  const subject = { purpose, typed, personKey };
  const counted = ofClient(services.limits.client.franceconnect, client, personKey);
  const passed = [passing(db, counted, now), ...kept];
  const opened = await open(services, request, resolution, proven, passed);
  if (typeof opened !== 'string') return { answer: opened, passed: true, personKey };
  // Not a right try either: it takes back no failure.
  if (opened === 'linked-elsewhere')
    return refuse(services, request, { ...subject, reason: opened, kept, isInnocent: false });
  if (!(await atOnce(db, passed))) {
    await atOnce(db, kept);
    return endBlocked(services, request, subject, (await suspendedUntil(db, counted, now)) ?? now);
  }
  const isInnocent = innocentReasons.has(opened);
  return refuse(services, request, { ...subject, reason: opened, isInnocent });
}

/**
 * A session of the account, a link, or a dossier, begun at once with what is `passed`. A reason when something changed
 * meanwhile, or the client was suspended.
 */
async function open(
  services: Services,
  { session: older, sender, now }: Return,
  opening: Opening,
  proven: Proven<PivotIdentity>,
  passed: readonly Write[],
): Promise<Answer | Reason> {
  const subjects = subjectKeys(services.keyring, proven);
  const [subject = Buffer.alloc(0)] = subjects;
  switch (opening.kind) {
    case 'enter': {
      const { personKey, entrant } = opening;
      const { known } = entrant;
      const device = sender.cookie(deviceCookie);
      const kind = readDeviceKind(sender.userAgent);
      const signing = { device, known, kind, withPassword: false };
      const { remembered, cookie } = rememberDevice(services.random, personKey, signing);
      const evidence = { kind: 'franceconnect', subjects, passed, device: remembered } as const;
      const outcome = await signIn(services, entrant, evidence, { older, now });
      switch (outcome.kind) {
        case 'challenge':
          return outcome.factor;
        case 'refusal':
          return 'expired';
        case 'session': {
          const session = sessionCookie(outcome.issued);
          return outcome.opens === 'account'
            ? redirect(paths.account, session, cookie)
            : redirect(paths.waiting, session);
        }
      }
      break;
    }
    case 'link': {
      const linked = await linkAccount(services, opening.signedIn, subject, now, passed);
      if (linked.kind === 'linked')
        return redirectDone('franceconnect-linked', paths.accountFranceConnect, sessionCookie(linked.issued));
      return linked.kind === 'gone' ? 'session-over' : linked.kind;
    }
    case 'enrol': {
      const proof = {
        route: 'franceconnect',
        at: now.toISOString(),
        subject: subject.toString('hex'),
        email: proven.identity.email,
      } as const;
      const beginning = { form: null, found: opening.found, proof, older, passing: passed, now };
      return (await beginDossier(services, beginning)) ?? 'blocked';
    }
  }
}

/** What the person reads of a failure at the provider; `detail` is for the audit. */
function failureReason(failure: Failure): { reason: Reason; detail: string; isInnocent: boolean } {
  if (failure.kind === 'refused')
    return {
      reason: failure.reason,
      detail: failure.reason,
      isInnocent: innocentReasons.has(failure.reason),
    };
  return { reason: 'technical', detail: failure.detail, isInnocent: failure.kind === 'unavailable' };
}

/** Not the person’s doing, nor an attack. */
const innocentReasons: ReadonlySet<Reason> = new Set([
  'cancelled',
  'no-account',
  'not-linked',
  'subject-changed',
  'session-over',
  'disabled',
]);
