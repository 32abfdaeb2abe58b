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
 * Makes a pending account active with one of its confirmations, once, and tells the person by mail.
 *
 * A session that waits stays, to tell whoever looks at it that the address is confirmed: it opens nothing.
 *
 * False when the confirmation was used, superseded or dead by then, or when the account holds no address (then
 * its mail went to the address's owner, who cannot have been given the link).
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
