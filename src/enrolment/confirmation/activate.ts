import { sql } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { enqueueDeliveries, noticeColumns, noticeValues } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/owner-notice.ts';
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
  account: Account,
  confirmationId: string,
  at: Date,
): Promise<boolean> {
  const { db, policy, jobs } = services;
  const { personKey, contact } = account;
  const notice = changeNotice(services, account, 'account-active', contact.email, at);
  const statement = sql`
    with held as (
      select from account where person_key = ${personKey} and status = 'pending' and pending_until > ${at} for update
    ), used as (
      update email_confirmation set used_at = ${at}
      from held where person_key = ${personKey} and id = ${confirmationId} and used_at is null and superseded_at is null
        and dead_at > ${at}
        and (${!policy.contact.uniqueEmail} or exists (
          select from email_claim where email_key = ${account.emailKey} and email_claim.person_key = ${personKey}))
      returning 1
    ), activated as (
      update account set status = 'active', confirmed_at = ${at}, next_reminder_at = null
      from used where person_key = ${personKey} and status = 'pending' and pending_until > ${at}
      returning person_key
    ), kept as (
      update email_claim set expires_at = null
      from activated where email_key = ${account.emailKey} and email_claim.person_key = ${personKey}
    ), noticed as (
      insert into notice (${noticeColumns}) select ${noticeValues(notice)} from activated
    )
    insert into audit_event (${auditColumns})
    select ${auditValues(personKey, at, 'email-confirmed')} from activated returning seq`;
  return db.transaction().execute(async (trx) => {
    const { rows } = await statement.execute(trx);
    if (rows.length === 0) return false;
    await enqueueDeliveries(trx, jobs, [notice]);
    return true;
  });
}
