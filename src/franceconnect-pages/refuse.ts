import type { Anyone } from '#src/access/who.ts';
import type { Account } from '#src/accounts/account.ts';
import { recording } from '#src/audit/record.ts';
import { also, atOnce, type Write } from '#src/database/at-once.ts';
import { keepingOutcome } from '#src/franceconnect/browser.ts';
import { franceConnectRefused } from '#src/franceconnect/events.ts';
import { type Outcome, outcomeOf, type Purpose, type Reason } from '#src/franceconnect/outcome.ts';
import { ofClient } from '#src/limits/attempt.ts';
import { type Client, clientOf } from '#src/limits/client-address.ts';
import { recordAttempt, refusal as refusalEvent } from '#src/limits/record-attempt.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

/** The request of a browser that comes back, under the secret it has from now on. */
export type Return = PageRequest<Anyone> & { readonly browser: string; readonly client: Client };

export function returnUnder(services: Services, request: PageRequest<Anyone>, browser: string): Return {
  return { ...request, browser, client: clientOf(services, request.sender.ip) };
}

/** Where a return led, and whose it was. */
export interface ReturnOutcome {
  readonly answer: Answer;
  readonly passed: boolean;
  readonly personKey: Buffer | null;
}

/** What a return is about, as far as it is known. */
export interface Subject {
  readonly purpose: Purpose;
  readonly personKey: Buffer | null;
  /** The fields of the identity page as they were when the journey began. */
  readonly typed: Outcome['typed'];
}

export interface JourneyRefusal extends Subject {
  readonly reason: Reason;
  /** For the audit, where it says more than the reason. */
  readonly detail?: string;
  /** Counted against nobody. */
  readonly isInnocent: boolean;
  readonly proof?: Outcome['proof'];
  /** Who would sign in with their password. */
  readonly account?: Account;
  /** What is kept all the same: the session at the provider. */
  readonly kept?: readonly Write[];
}

/**
 * Ends a journey that opened nothing. The failure, its audit event, the mail to the owner of an account that exists, and
 * what the page of the outcome will say commit together.
 */
export async function refuse(
  services: Services,
  request: Return,
  refusal: JourneyRefusal,
): Promise<ReturnOutcome> {
  const { db, keyring, limits, events } = services;
  const { client, now, browser } = request;
  const { reason, purpose, detail = reason, personKey, typed, proof = null } = refusal;
  // A chain that everybody adds to would be waited for, and never be a year old.
  const about = personKey ?? client.key;
  const keeping = (outcome: Outcome) => [
    ...(refusal.kept ?? []),
    also(keepingOutcome(db, keyring, browser, outcome, now)),
  ];
  const told = await tellingOwner(services, refusal, now);
  const outcome = outcomeOf(reason, purpose, { typed, proof });
  if (refusal.isInnocent)
    await atOnce(db, [
      ...told,
      ...keeping(outcome),
      recording(db, franceConnectRefused, { ...refused(about, detail), at: now }),
    ]);
  else
    await db.transaction().execute(async (trx) => {
      const counted = ofClient(limits.client.franceconnect, client, about);
      const event = refusalEvent(franceConnectRefused, refused(about, detail));
      const tried = await recordAttempt({ db: trx, events }, now, false, counted, event);
      const isBlocked = tried.kind === 'blocked';
      const shown = isBlocked ? blockedOutcome(refusal, tried.until) : outcome;
      await atOnce(trx, [...(isBlocked ? [] : told), ...keeping(shown)]);
    });
  return { answer: redirect(paths.franceConnectOutcome), passed: false, personKey };
}

/** The mail to the owner of an account, whose person wanted to open another one. */
async function tellingOwner(
  services: Services,
  { account, purpose }: JourneyRefusal,
  now: Date,
): Promise<readonly Write[]> {
  if (account?.status !== 'active' || purpose !== 'creation') return [];
  const content = { address: account.contact.email };
  const notice = ownerNotice(services, account, 'account-exists', content, now);
  return queueingNotices(services.db, services.jobs, [notice]);
}

/** The audit event of a return that opens nothing. */
function refused(person: Buffer, reason: string) {
  return { person, actor: { kind: 'person' }, details: { reason } } as const;
}

/** Ends the journey of a client that failed too often, with its audit event. */
export async function endBlocked(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { browser, client, now }: Return,
  subject: Subject,
  until: Date,
): Promise<ReturnOutcome> {
  const { personKey } = subject;
  await atOnce(db, [
    also(keepingOutcome(db, keyring, browser, blockedOutcome(subject, until), now)),
    recording(db, franceConnectRefused, { ...refused(personKey ?? client.key, 'blocked'), at: now }),
  ]);
  return { answer: redirect(paths.franceConnectOutcome), passed: false, personKey };
}

function blockedOutcome({ purpose, typed }: Subject, until: Date): Outcome {
  return outcomeOf('blocked', purpose, { typed, until: until.toISOString() });
}
