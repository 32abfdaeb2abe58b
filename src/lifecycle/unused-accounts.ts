import { type Kysely, sql } from 'kysely';
import { accountColumns, openAccount } from '#src/accounts/account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import type { Database } from '#src/database/tables.ts';
import { enqueueDeliveries } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';

const atOnce = 200;
const dayMs = 86_400_000;
/** Stands in `auditValues` where the statement itself names the persons. */
const nobody = Buffer.alloc(32);

/**
 * Warns by mail, once, the owners of active accounts that nobody signed in to for so long that they will be
 * deleted, the oldest first: so many at a time, several processes at once take turns. Answers how many.
 */
export async function warnUnused(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  now: Date,
): Promise<number> {
  const { db, keyring, jobs, policy } = services;
  const { unusedAccountDays, warningDays } = policy.retention;
  const latest = new Date(now.getTime() + warningDays * dayMs);
  return db.transaction().execute(async (trx) => {
    const due = await trx
      .selectFrom('account')
      .select([...accountColumns, 'account.last_used_at'])
      .where('status', '=', 'active')
      .where('unused_warned_at', 'is', null)
      .where('last_used_at', '<=', daysBefore(latest, unusedAccountDays))
      .orderBy('last_used_at')
      .limit(atOnce)
      .forUpdate()
      .skipLocked()
      .execute();
    if (due.length === 0) return 0;
    const notices = due.map((row) => {
      const account = openAccount(keyring, row);
      const end = row.last_used_at.getTime() + unusedAccountDays * dayMs;
      const until = new Date(Math.max(end, latest.getTime())).toISOString();
      return ownerNotice(services, account, 'account-unused', { address: account.contact.email, until }, now);
    });
    await sql`
      with warned as (
        update account set unused_warned_at = ${now}
        where person_key = any(${due.map((row) => row.person_key)}::bytea[]) returning person_key
      )
      insert into audit_event (${auditColumns})
      select person_key, at, kind, details from warned,
        (values (${auditValues(nobody, now, 'account-unused-warned')})) as event (nobody, at, kind, details)`.execute(
      trx,
    );
    await trx.insertInto('notice').values(notices).execute();
    await enqueueDeliveries(trx, jobs, notices);
    return due.length;
  });
}

/**
 * Deletes the active accounts that nobody signed in to for so many days and whose owner was warned long enough
 * ago, and those that were closed or frozen as long ago, with all that they hold: the address, the answers, links and
 * sessions. The audit trail stays. Answers how many.
 */
export async function deleteUnused(
  db: Kysely<Database>,
  { unusedAccountDays, warningDays }: Policy['retention'],
  now: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    with unused as (
      delete from account where status = 'active' and last_used_at <= ${daysBefore(now, unusedAccountDays)}
          and unused_warned_at <= ${daysBefore(now, warningDays)}
        or closed_since <= ${daysBefore(now, unusedAccountDays)}
        or status = 'frozen' and frozen_at <= ${daysBefore(now, unusedAccountDays)}
      returning person_key
    ), freed as (
      delete from email_claim using unused where email_claim.person_key = unused.person_key
    ), links as (
      delete from email_confirmation using unused where email_confirmation.person_key = unused.person_key
    ), sessions as (
      delete from session using unused where session.person_key = unused.person_key
    ), unlinked as (
      delete from franceconnect_link using unused where franceconnect_link.person_key = unused.person_key
    ), forgotten as (
      delete from franceconnect_subject using unused where franceconnect_subject.person_key = unused.person_key
    ), devices as (
      delete from known_device using unused where known_device.person_key = unused.person_key
    ), answered as (
      delete from consent using unused where consent.person_key = unused.person_key
    ), agreed as (
      delete from terms_acceptance using unused where terms_acceptance.person_key = unused.person_key
    )
    insert into audit_event (${auditColumns})
    select person_key, at, kind, details from unused,
      (values (${auditValues(nobody, now, 'account-deleted')})) as event (nobody, at, kind, details)`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0n);
}

function daysBefore(instant: Date, days: number): Date {
  return new Date(instant.getTime() - days * dayMs);
}
