import type { Anyone } from '#src/access/who.ts';
import type { Account } from '#src/accounts/account.ts';
import { also, alsoSelect, atOnce } from '#src/database/at-once.ts';
import { keepingOutcome, keepOutcome } from '#src/franceconnect/browser.ts';
import { franceConnectRefused } from '#src/franceconnect/events.ts';
import { type Outcome, outcomeOf, type Purpose, type Reason } from '#src/franceconnect/outcome.ts';
import { ofClient } from '#src/limits/attempt.ts';
import { type Client, clientOf } from '#src/limits/client-address.ts';
import { recordAttempt, refusal as refusalEvent } from '#src/limits/record-attempt.ts';
import { queueNotice } from '#src/notices/notice.ts';
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
  const { keyring, jobs, limits } = services;
  const { client, now, browser } = request;
  const { reason, purpose, detail = reason, personKey, typed, proof = null, account } = refusal;
  // A chain that everybody adds to would be waited for, and never be a year old.
  const about = personKey ?? client.key;
  const counted = refusal.isInnocent ? [] : ofClient(limits.client.franceconnect, client, about);
  const event = refusedEvent(about, detail);
  return services.db.transaction().execute(async (db) => {
    const needs = { db, events: services.events };
    const tried = await recordAttempt(needs, now, false, counted, event);
    const isBlocked = tried.kind === 'blocked';
    if (!isBlocked && account?.status === 'active' && purpose === 'creation') {
      const content = { address: account.contact.email };
      await queueNotice(db, jobs, ownerNotice(services, account, 'account-exists', content, now));
    }
    const outcome = isBlocked
      ? blockedOutcome(refusal, tried.until)
      : outcomeOf(reason, purpose, { typed, proof });
    await keepOutcome(db, keyring, browser, outcome, now);
    return { answer: redirect(paths.franceConnectOutcome), passed: false, personKey };
  });
}

/** The audit event of a return that opens nothing. */
function refusedEvent(person: Buffer, reason: string) {
  return refusalEvent(franceConnectRefused, { person, actor: { kind: 'person' }, details: { reason } });
}

/** Ends the journey of a client that failed too often, with its audit event. */
export async function endBlocked(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { browser, client, now }: Return,
  subject: Subject,
  until: Date,
): Promise<ReturnOutcome> {
  const { personKey } = subject;
  const event = refusedEvent(personKey ?? client.key, 'blocked');
  await atOnce(db, [
    also(keepingOutcome(db, keyring, browser, blockedOutcome(subject, until), now)),
    alsoSelect({ compile: () => event.event(now).compile(db) }),
  ]);
  return { answer: redirect(paths.franceConnectOutcome), passed: false, personKey };
}

function blockedOutcome({ purpose, typed }: Subject, until: Date): Outcome {
  return outcomeOf('blocked', purpose, { typed, until: until.toISOString() });
}
