import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { Anyone } from '#src/access/who.ts';
import { linkAccount } from '#src/account/franceconnect/link.ts';
import { openAccount } from '#src/accounts/account.ts';
import { subjectKeys } from '#src/accounts/franceconnect-link.ts';
import { beginDossier } from '#src/enrolment/begin-dossier.ts';
import {
  browserOf,
  browserSecret,
  keepOutcome,
  keepProviderSession,
  renewBrowserSecret,
} from '#src/franceconnect/browser.ts';
import type { Completion, FranceConnect, Proven } from '#src/franceconnect/france-connect.ts';
import { type Outcome, outcomeOf, type Purpose, type Reason } from '#src/franceconnect/outcome.ts';
import { type TransactionContent, takeTransaction } from '#src/franceconnect/transaction.ts';
import { enterLinked } from '#src/franceconnect-pages/enter.ts';
import { type Resolution, resolveProven } from '#src/franceconnect-pages/resolve.ts';
import { claimAttempt, ofClient, recordAttempt } from '#src/limits/attempts.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Answer, type PageRequest, redirect, withCookies } from '#src/web/page.ts';

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
        'nothing of its own: judges what FranceConnect answered and leads on: of a journey begun in the same browser, within 10 minutes, once',
      form: null,
    },
    access: access.franceConnectReturn(services),
    show: async (request) => {
      const { answer, passed, personKey } = await handle(services, request.franceConnect, request);
      services.events.stepAnswered(paths.franceConnectReturn, passed ? 'passed' : 'refused', personKey);
      return answer;
    },
  });
}

interface Handled {
  readonly answer: Answer;
  readonly passed: boolean;
  readonly personKey: Buffer | null;
}

/** The request of somebody who comes back, under the secret of their browser from now on. */
type Return = PageRequest<Anyone> & { readonly browser: string };

async function handle(
  services: Services,
  franceConnect: FranceConnect,
  request: PageRequest<Anyone>,
): Promise<Handled> {
  const { query, now } = request;
  const browser = browserOf(request);
  const { db, keyring, random } = services;
  const states = query.getAll('state');
  const [state = ''] = states;
  const content =
    states.length === 1 && state !== '' && browser !== ''
      ? await takeTransaction(db, keyring, { state, browser }, now)
      : null;
  const purpose = content?.purpose ?? 'deconnexion';
  const journey = content && purpose !== 'deconnexion' ? { ...content, purpose } : null;
  // An address without a journey may be another site’s doing: it takes no secret away from the journey under way.
  const { secret, cookie } = journey
    ? await renewBrowserSecret(services, browser, now)
    : browserSecret(browser, random);
  const here = { ...request, browser: secret };
  const handled = journey
    ? await judge(services, franceConnect, here, state, journey)
    : await refuse(services, here, { reason: 'expired', detail: 'transaction', purpose: 'connexion' });
  return { ...handled, answer: withCookies(handled.answer, [cookie]) };
}

/** What becomes of somebody who has come back. */
async function judge(
  services: Services,
  franceConnect: FranceConnect,
  request: Return,
  state: string,
  content: TransactionContent & { readonly purpose: Purpose },
): Promise<Handled> {
  const { query, browser, now } = request;
  const { db, keyring, policy } = services;
  const { purpose, typed } = content;
  const about = {
    purpose,
    typed,
    personKey: content.person === null ? null : Buffer.from(content.person, 'hex'),
  };
  const client = clientOf(services, request.sender.ip);
  const watched = ofClient(services.limits.client.franceconnect, client, about.personKey ?? client.key);
  const open = await claimAttempt(
    services,
    now,
    { attempts: [], watched },
    {
      personKey: about.personKey ?? client.key,
      kind: 'franceconnect-refused',
      details: { reason: 'blocked' },
    },
  );
  if (open.blocked) return blocked(services, request, about, open.nextAt);
  const completion = await franceConnect.complete(query, { state, ...content });
  if (completion.result !== 'proven') return refuse(services, request, { ...about, ...told(completion) });

  const { proven } = completion;
  const sessionEnd = new Date(now.getTime() + policy.franceConnect.sessionMinutes * 60_000);
  await keepProviderSession(db, keyring, browser, proven.idToken, sessionEnd);
  const resolution = await resolveProven(services, request, content, proven);
  if (resolution.kind === 'stop')
    return refuse(services, request, {
      ...about,
      ...resolution,
      ...(waitsForPassword(resolution) ? { proof: proofOf(services, resolution, proven) } : {}),
    });
  const personKey = personOf(resolution);
  const tried = await recordAttempt(
    services,
    now,
    true,
    ofClient(services.limits.client.franceconnect, client, personKey),
    { personKey, kind: 'franceconnect-refused', details: { reason: 'blocked' } },
  );
  if (tried.blocked) return blocked(services, request, { ...about, personKey }, tried.nextAt);
  const answer = await goOn(services, request, resolution, proven);
  if (typeof answer === 'string') return refuse(services, request, { ...about, reason: answer, personKey });
  return { answer, passed: true, personKey };
}

/** Opens what the proof opens; a reason when something changed meanwhile. */
async function goOn(
  services: Services,
  request: Return,
  resolution: Exclude<Resolution, { kind: 'stop' }>,
  proven: Proven,
): Promise<Answer | Reason> {
  const { session, now } = request;
  const subjects = subjectKeys(services.keyring, proven);
  const [subject = Buffer.alloc(0)] = subjects;
  switch (resolution.kind) {
    case 'enter':
      return (await enterLinked(services, request, resolution.account, subjects)) ?? 'expired';
    case 'link': {
      const linked = await linkAccount(services, resolution.signedIn, subject, now);
      if (linked.kind === 'linked') return redirect(paths.accountFranceConnect, sessionCookie(linked.issued));
      return linked.kind === 'gone' ? 'session-over' : linked.kind;
    }
    case 'enrol': {
      const proof = {
        route: 'franceconnect',
        at: now.toISOString(),
        subject: subject.toString('hex'),
        email: proven.email,
      } as const;
      return beginDossier(services, { form: null, found: resolution.found, proof, older: session, now });
    }
  }
}

function personOf(resolution: Exclude<Resolution, { kind: 'stop' }>): Buffer {
  switch (resolution.kind) {
    case 'enter':
      return resolution.account.person_key;
    case 'link':
      return resolution.signedIn.account.personKey;
    case 'enrol':
      return resolution.found.personKey;
  }
}

type Stop = Extract<Resolution, { kind: 'stop' }>;

function waitsForPassword({ reason }: Stop): boolean {
  return reason === 'not-linked' || reason === 'subject-changed';
}

function proofOf({ keyring }: Services, { personKey }: Stop, proven: Proven): Outcome['proof'] {
  const [subject] = subjectKeys(keyring, proven);
  if (!personKey || !subject) return null;
  return { person: personKey.toString('hex'), subject: subject.toString('hex') };
}

function told(completion: Exclude<Completion, { result: 'proven' }>): { reason: Reason; detail: string } {
  const { result, reason: detail } = completion;
  if (result === 'technical') return { reason: 'technical', detail };
  return { reason: detail === 'cancelled' ? 'cancelled' : 'not-recognised', detail };
}

interface Refusal {
  readonly reason: Reason;
  readonly purpose: Purpose;
  /** For the audit, where it says more than the reason. */
  readonly detail?: string;
  readonly personKey?: Buffer | null;
  readonly typed?: Record<string, string> | null;
  readonly proof?: Outcome['proof'];
  readonly account?: Stop['account'];
}

/**
 * Not the person’s doing, nor an attack: counted against nobody. Without a journey of this browser (`transaction`) an
 * image on a page of any other site may have asked.
 */
const innocent: ReadonlySet<string> = new Set([
  'transaction',
  'cancelled',
  'not-linked',
  'subject-changed',
  'session-over',
  'disabled',
  'unreachable',
  'server-error',
  'temporarily-unavailable',
]);

async function refuse(services: Services, request: Return, refusal: Refusal): Promise<Handled> {
  const { db, keyring, jobs, limits } = services;
  const { now, browser } = request;
  const client = clientOf(services, request.sender.ip);
  const { reason, purpose, detail = reason, personKey = null, typed = null, proof = null } = refusal;
  const about = personKey ?? client.key;
  const counted = innocent.has(detail) ? [] : ofClient(limits.client.franceconnect, client, about);
  const tried = await recordAttempt(services, now, false, counted, {
    // A chain that everybody adds to would be waited for, and never be a year old.
    personKey: about,
    kind: 'franceconnect-refused',
    details: { reason: detail },
  });
  if (tried.blocked) return blocked(services, request, refusal, tried.nextAt);
  if (refusal.account?.status === 'active' && purpose === 'creation') {
    const account = openAccount(keyring, refusal.account);
    const notice = ownerNotice(services, account, 'account-exists', { address: account.contact.email }, now);
    await db.transaction().execute((trx) => queueNotice(trx, jobs, notice));
  }
  await keepOutcome(db, keyring, browser, outcomeOf(reason, purpose, { typed, proof }), now);
  return { answer: redirect(paths.franceConnectOutcome), passed: false, personKey };
}

async function blocked(
  { db, keyring }: Services,
  { browser, now }: Return,
  { purpose, typed = null, personKey = null }: Pick<Refusal, 'purpose' | 'typed' | 'personKey'>,
  nextAt: Date | null,
): Promise<Handled> {
  const until = nextAt?.toISOString() ?? null;
  await keepOutcome(db, keyring, browser, outcomeOf('blocked', purpose, { typed, until }), now);
  return { answer: redirect(paths.franceConnectOutcome), passed: false, personKey };
}
