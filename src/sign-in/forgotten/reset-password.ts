import type { Account } from '#src/accounts/account.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { record } from '#src/audit/record.ts';
import { supersedeChanges, useConfirmation } from '#src/confirmations/store.ts';
import { forgetDevices, type RememberedDevice, storingDevice } from '#src/credentials/known-devices.ts';
import { replacingPassword } from '#src/credentials/password.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { forgetSignInFailures } from '#src/limits/forget-failures.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';
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
  return db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    if (!account) return false;
    const confirmation = { personKey, id: confirmationId, purpose: 'password-reset' } as const;
    if (!(await useConfirmation(trx, confirmation, now))) return false;
    await replacingPassword(trx, personKey, hash, now).execute();
    await endSessionsOf(trx, personKey);
    await supersedeChanges(trx, personKey, now);
    await forgetDevices(trx, personKey);
    if (account.status === 'active')
      await trx.executeQuery(storingDevice(trx, personKey, device, now).compile());
    await forgetSignInFailures(trx, personKeys(keyring, account.contact.nir));
    await record(trx, passwordReset, { person: personKey, actor: { kind: 'person' }, at: now });
    const { email } = account.contact;
    await queueNotice(trx, jobs, changeNotice(services, account, 'password-changed', email, now));
    return true;
  });
}
