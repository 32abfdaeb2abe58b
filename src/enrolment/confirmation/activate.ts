import type { Account } from '#src/accounts/account.ts';
import { holdsAddress, keepAddress } from '#src/accounts/email-claim.ts';
import { activateAccount, lockPending } from '#src/accounts/pending-account.ts';
import type { Actor } from '#src/audit/actor.ts';
import { record } from '#src/audit/record.ts';
import { useConfirmation } from '#src/confirmations/store.ts';
import { emailConfirmed } from '#src/enrolment/events.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';

/**
 * Makes a pending account active with one of its confirmations, once, and notifies the person by mail.
 *
 * A waiting session stays, and shows that the address is confirmed: it opens nothing.
 *
 * False when the confirmation was already used, superseded or expired, or when the account does not hold its address
 * (then the mail went to the owner of the address, without the link).
 */
export async function activate(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  { personKey }: Pick<Account, 'personKey'>,
  { confirmationId, actor }: { readonly confirmationId: string; readonly actor: Actor },
  now: Date,
): Promise<boolean> {
  const { db, keyring, policy, jobs } = services;
  return db.transaction().execute(async (trx) => {
    const account = await lockPending(trx, keyring, personKey, now);
    if (!account) return false;
    const { emailKey, contact } = account;
    if (policy.contact.uniqueEmail && !(await holdsAddress(trx, personKey, [emailKey]))) return false;
    const confirmation = { personKey, id: confirmationId, purpose: 'activation' } as const;
    if (!(await useConfirmation(trx, confirmation, now))) return false;
    await activateAccount(trx, personKey, now);
    await keepAddress(trx, personKey, emailKey);
    await record(trx, emailConfirmed, { person: personKey, actor, at: now });
    await queueNotice(trx, jobs, changeNotice(services, account, 'account-active', contact.email, now));
    return true;
  });
}
