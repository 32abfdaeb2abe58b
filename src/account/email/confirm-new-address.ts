import { type NewAddress, openAddress } from '#src/account/email/new-address.ts';
import { addressChanged } from '#src/account/events.ts';
import { storeAddress } from '#src/accounts/change-contact.ts';
import { claimAddress, releaseAddress } from '#src/accounts/email-claim.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { record } from '#src/audit/record.ts';
import { forgetConfirmation, supersedeChanges, useConfirmation } from '#src/confirmations/store.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailKey, emailKeys } from '#src/crypto/keyring.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import {
  continueSession,
  endSessionsOf,
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
    if (!newKey.equals(account.emailKey)) await releaseAddress(trx, personKey, account.emailKey);
    await storeAddress(trx, keyring, account, { email, emailKey: newKey });
    await supersedeChanges(trx, personKey, now);
    const issued = session && (await continueSession(trx, { keyring }, { session, others: 'all' }, now));
    if (!session) await endSessionsOf(trx, personKey, { but: used.askedBy });
    await record(trx, addressChanged, { person: personKey, actor: { kind: 'person' }, at: now });
    const { email: old } = account.contact;
    await queueNotice(trx, jobs, changeNotice(services, account, 'address-changed', old, now));
    return { issued };
  });
}
