import type { SignedIn } from '#src/access/who.ts';
import { passwordChanged } from '#src/account/events.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { supersedingChanges } from '#src/confirmations/store.ts';
import { forgettingDevices } from '#src/credentials/known-devices.ts';
import { type PasswordCredential, replacingPassword } from '#src/credentials/password.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import { continuingSession, type IssuedToken } from '#src/sessions/change-session.ts';

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
    if (!account) return null;
    const { writes, issued } = continuingSession(trx, { keyring }, { session, others: 'all' }, now);
    const replaced = replacingPassword(trx, personKey, hash, now)
      .where('state', '=', checked.state)
      .where('secret', '=', checked.hash);
    const notice = changeNotice(services, account, 'password-changed', account.contact.email, now);
    const event = { person: personKey, actor: { kind: 'person' }, at: now } as const;
    const isDone = await atOnce(trx, [
      required(replaced),
      ...writes,
      also(supersedingChanges(trx, personKey, now)),
      also(forgettingDevices(trx, personKey)),
      ...(await queueingNotices(trx, jobs, [notice])),
      recording(trx, passwordChanged, event),
    ]);
    return isDone ? issued : null;
  });
}
