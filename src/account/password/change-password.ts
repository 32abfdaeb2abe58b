import type { SignedIn } from '#src/access/who.ts';
import { passwordChanged } from '#src/account/events.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { record } from '#src/audit/record.ts';
import { supersedeChanges } from '#src/confirmations/store.ts';
import { forgetDevices } from '#src/credentials/known-devices.ts';
import {
  findPassword,
  isUnchanged,
  type PasswordCredential,
  replacePassword,
} from '#src/credentials/password.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import { continueSession, type IssuedToken } from '#src/sessions/change-session.ts';

/**
 * Stores a new password (already hashed): this session continues under a new token, all others of the person and every
 * link sent before end, and the person is notified by mail.
 *
 * Null, and nothing changed, when the password or the session has changed since it was checked.
 */
export async function changePassword(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { session, account: { personKey } }: SignedIn,
  { checked, hash }: { readonly checked: PasswordCredential; readonly hash: string },
  now: Date,
): Promise<IssuedToken | null> {
  const { db, keyring, jobs } = services;
  return allOrNothing(db, async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    const password = await findPassword(trx, personKey);
    if (!account || !isUnchanged(password, checked)) return null;
    const issued = await continueSession(trx, { keyring }, { session, others: 'all' }, now);
    if (!issued) return null;
    await replacePassword(trx, personKey, hash, now);
    await supersedeChanges(trx, personKey, now);
    await forgetDevices(trx, personKey);
    await record(trx, passwordChanged, { person: personKey, actor: { kind: 'person' }, at: now });
    const { email } = account.contact;
    await queueNotice(trx, jobs, changeNotice(services, account, 'password-changed', email, now));
    return issued;
  });
}
