import type { Account } from '#src/accounts/account.ts';
import { keepingAddress } from '#src/accounts/email-claim.ts';
import { activatingAccount } from '#src/accounts/pending-account.ts';
import type { Actor } from '#src/audit/actor.ts';
import { recording } from '#src/audit/record.ts';
import { usingConfirmation } from '#src/confirmations/store.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import { emailConfirmed } from '#src/enrolment/events.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import { endingSession, type Held } from '#src/sessions/change-session.ts';

interface Activation {
  readonly confirmationId: string;
  readonly actor: Actor;
  /** A session that ends with it. */
  readonly ending?: Held | null;
}

/**
 * Makes a pending account active with one of its confirmations, once, and notifies the person by mail.
 *
 * Another waiting session stays, and shows that the address is confirmed: it opens nothing.
 *
 * False when the confirmation was already used, superseded or expired, when the account does not hold its address (then
 * the mail went to the owner of the address, without the link), or when its address is no longer the one that was read.
 */
export async function activate(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  account: Account,
  { confirmationId, actor, ending = null }: Activation,
  now: Date,
): Promise<boolean> {
  const { db, policy, jobs } = services;
  const { personKey, contact } = account;
  const confirmation = { personKey, id: confirmationId, purpose: 'activation' } as const;
  const kept = keepingAddress(db, account);
  const notice = changeNotice(services, account, 'account-active', contact.email, now);
  return atOnce(db, [
    required(activatingAccount(db, account, now)),
    policy.contact.uniqueEmail ? required(kept) : also(kept),
    ...(ending ? [also(endingSession(ending))] : []),
    required(usingConfirmation(db, confirmation, now)),
    ...(await queueingNotices(db, jobs, [notice])),
    recording(db, emailConfirmed, { person: personKey, actor, at: now }),
  ]);
}
