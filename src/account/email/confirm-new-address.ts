import { sql } from 'kysely';
import { type NewAddress, openAddress } from '#src/account/email/new-address.ts';
import { contactPlace } from '#src/accounts/account.ts';
import { claimAddress, releaseAddress } from '#src/accounts/email-claim.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { forgetConfirmation, supersedeChanges, useConfirmation } from '#src/confirmations/store.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailKey, emailKeys, seal } from '#src/crypto/keyring.ts';
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
 * Puts a confirmed address in the place of the old one, once, and tells the old one, in one transaction. The sessions of
 * the account end, but for the one that confirms, which goes on under a new token, or the one that asked, when the link
 * of the mail confirms in whatever browser.
 *
 * Null, and nothing changed, when the confirmation was used, superseded or dead by then, or when another account
 * has taken the address meanwhile: then its link becomes one that nobody knows.
 */
export async function confirmNewAddress(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  { id, address, account: { personKey } }: NewAddress,
  /** Null: the link of the mail confirms, in whatever browser. */
  session: Session | null,
  at: Date,
): Promise<{ readonly issued: IssuedToken | null } | null> {
  const { db, keyring, policy, jobs } = services;
  if (!address) return null;
  const email = openAddress(keyring, personKey, id, address);
  const read = parseEmail(email);
  if (!read.ok) throw new Error('Only an address that was read before is confirmed');
  const newKey = emailKey(keyring, read.canonical);
  return db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, at);
    if (account?.status !== 'active' || (session && !(await holdSession(trx, session)))) return null;
    const used = await useConfirmation(trx, { personKey, id, purpose: 'new-address' }, at);
    if (!used) return null;
    const claim = { personKey, addressKeys: emailKeys(keyring, read.canonical), expiresAt: null };
    if (policy.contact.uniqueEmail && !(await claimAddress(trx, claim, at))) {
      await forgetConfirmation(trx, personKey, id);
      return null;
    }
    if (!newKey.equals(account.emailKey)) await releaseAddress(trx, personKey, account.emailKey);
    await trx
      .updateTable('account')
      .set({
        contact: seal(keyring, contactPlace(personKey), { ...account.contact, email }),
        email_key: newKey,
      })
      .where('person_key', '=', personKey)
      .execute();
    await supersedeChanges(trx, personKey, at);
    await sql`insert into audit_event (${auditColumns}) select ${auditValues(personKey, at, 'address-changed')}`.execute(
      trx,
    );
    const { email: old } = account.contact;
    await queueNotice(trx, jobs, changeNotice(services, account, 'address-changed', old, at));
    if (session) return { issued: await continueSession(trx, { keyring }, { session, others: 'all' }, at) };
    await endSessionsOf(trx, personKey, { but: used.askedBy });
    return { issued: null };
  });
}
