import { type NewAddress, openAddress } from '#src/account/email/new-address.ts';
import { addressChanged } from '#src/account/events.ts';
import { storingAddress } from '#src/accounts/change-contact.ts';
import { claimAddress, releasingAddress } from '#src/accounts/email-claim.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { forgetConfirmation, supersedingChanges, useConfirmation } from '#src/confirmations/store.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailKey, emailKeys } from '#src/crypto/keyring.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import {
  continuingSession,
  endingSessionsOf,
  holdSession,
  type IssuedToken,
} from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';

/**
 * Replaces the address of an account by a confirmed one, once, and notifies the old one, in one transaction. The
 * sessions of the account end, except the one that confirms, which continues under a new token, or, when the link of
 * the mail confirms, the one that requested the change.
 *
 * Null, and nothing changed, when the confirmation has been used or superseded or has expired meanwhile. When another
 * account has claimed the address meanwhile, the confirmation is deleted, so that its link becomes unknown.
 */
export async function confirmNewAddress(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  { id, address, account: { personKey } }: NewAddress,
  /** Null when the link of the mail confirms, in any browser. */
  session: Session | null,
  now: Date,
): Promise<{ readonly issued: IssuedToken | null } | null> {
  const { db, keyring, policy, jobs } = services;
  if (!address) return null;
  const email = openAddress(keyring, personKey, id, address);
  const read = parseEmail(email);
  if (!read.ok) throw new Error('Only an address that was read before is confirmed');
  const newKey = emailKey(keyring, read.canonical);
  return db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    if (account?.status !== 'active' || (session && !(await holdSession(trx, session)))) return null;
    const used = await useConfirmation(trx, { personKey, id, purpose: 'new-address' }, now);
    if (!used) return null;
    const claim = { personKey, addressKeys: emailKeys(keyring, read.canonical), expiresAt: null };
    if (policy.contact.uniqueEmail && !(await claimAddress(trx, claim, now))) {
      await forgetConfirmation(trx, personKey, id);
      return null;
    }
    const continued = session && continuingSession(trx, { keyring }, { session, others: 'all' }, now);
    const notice = changeNotice(services, account, 'address-changed', account.contact.email, now);
    const event = { person: personKey, actor: { kind: 'person' }, at: now } as const;
    await atOnce(trx, [
      ...(newKey.equals(account.emailKey) ? [] : [also(releasingAddress(trx, personKey, account.emailKey))]),
      also(storingAddress(trx, keyring, account, { email, emailKey: newKey })),
      ...(continued?.writes ?? [also(endingSessionsOf(trx, personKey, { but: used.askedBy }))]),
      also(supersedingChanges(trx, personKey, now)),
      ...(await queueingNotices(trx, jobs, [notice])),
      recording(trx, addressChanged, event),
    ]);
    const issued = continued?.issued ?? null;
    return { issued };
  });
}
