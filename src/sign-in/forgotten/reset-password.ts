import type { Account } from '#src/accounts/account.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { supersedingChanges, usingConfirmation } from '#src/confirmations/store.ts';
import { forgettingDevices, type RememberedDevice, storingDevice } from '#src/credentials/known-devices.ts';
import { replacingPassword } from '#src/credentials/password.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import { forgettingSignInFailures } from '#src/limits/forget-failures.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import { endingSessionsOf } from '#src/sessions/change-session.ts';
import { passwordReset } from '#src/sign-in/events.ts';

/**
 * Stores a new password (already hashed) by the link of a mail, once: every session and every other link of the person
 * ends, sign-in failures are deleted, and the person is notified by mail. The browser where it was chosen becomes a
 * known one, which failures of others do not lock out. A pending account stays pending, and its browser does not become
 * known.
 *
 * False, and nothing changed, when the link has been used or superseded or has expired meanwhile.
 */
export async function resetPassword(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { personKey }: Pick<Account, 'personKey'>,
  confirmationId: string,
  { hash, device }: { readonly hash: string; readonly device: RememberedDevice },
  now: Date,
): Promise<boolean> {
  const { db, keyring, jobs } = services;
  const done = await allOrNothing(db, async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    if (!account) return null;
    const confirmation = { personKey, id: confirmationId, purpose: 'password-reset' } as const;
    const notice = changeNotice(services, account, 'password-changed', account.contact.email, now);
    const event = { person: personKey, actor: { kind: 'person' }, at: now } as const;
    const isReset = await atOnce(trx, [
      also(endingSessionsOf(trx, personKey)),
      required(usingConfirmation(trx, confirmation, now)),
      also(forgettingDevices(trx, personKey)),
      also(replacingPassword(trx, personKey, hash, now)),
      also(supersedingChanges(trx, personKey, now).where('id', '<>', confirmationId)),
      ...(account.status === 'active' ? [also(storingDevice(trx, personKey, device, now))] : []),
      ...forgettingSignInFailures(trx, personKeys(keyring, account.contact.nir)),
      ...(await queueingNotices(trx, jobs, [notice])),
      recording(trx, passwordReset, event),
    ]);
    return isReset || null;
  });
  return done === true;
}
