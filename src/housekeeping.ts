import { type Kysely, sql } from 'kysely';
import { deleteUnused, warnUnused } from '#src/account/unused-accounts.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { purgeAudit } from '#src/audit/purge.ts';
import type { Database } from '#src/database/tables.ts';
import { remindPending } from '#src/enrolment/confirmation/reminders.ts';
import { purgeNoticeContent } from '#src/notices/upkeep.ts';
import type { Services } from '#src/services.ts';

/** What is done every few minutes by one node: reminders, deadlines, and what is kept no longer. */
export async function keepHouse(services: Services): Promise<void> {
  const now = services.clock.now();
  await remindPending(services, now);
  await warnUnused(services, now);
  await services.db.transaction().execute(async (trx) => {
    // Clearing a day of a whole country takes longer than a page may.
    await sql`set local statement_timeout = 0`.execute(trx);
    await deleteExpired(trx, now);
    await deleteUnused(trx, services.policy.retention, now);
    await purgeNoticeContent(trx, now);
    await purgeLeftovers(trx, now);
  });
  await purgeAudit(services.db, now);
}

const system = Buffer.alloc(32);

/**
 * Pending accounts of 30 days. They count for nothing since their last day, but until now their link says that the
 * time is over and whom to call.
 */
async function deleteExpired(db: Kysely<Database>, now: Date): Promise<void> {
  await sql`
    with expired as (
      delete from account where status = 'pending' and pending_until <= ${now} and created_at < ${daysBefore(now, 30)}
      returning person_key
    ), freed as (
      delete from email_claim using expired where email_claim.person_key = expired.person_key and expires_at <= ${now}
    ), links as (
      delete from email_confirmation using expired where email_confirmation.person_key = expired.person_key
    ), waiting as (
      delete from session using expired where session.person_key = expired.person_key
    ), answered as (
      delete from consent using expired where consent.person_key = expired.person_key
    ), agreed as (
      delete from terms_acceptance using expired where terms_acceptance.person_key = expired.person_key
    )
    insert into audit_event (${auditColumns})
    select person_key, at, kind, details from expired,
      (values (${auditValues(system, now, 'pending-expired')})) as event (nobody, at, kind, details)`.execute(
    db,
  );
}

/** Sessions that are over, dossiers and dead links of 30 days, counters whose windows are past. */
async function purgeLeftovers(db: Kysely<Database>, now: Date): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<', now).execute();
  await db.deleteFrom('dossier').where('updated_at', '<', daysBefore(now, 30)).execute();
  await db.deleteFrom('email_confirmation').where('dead_at', '<', daysBefore(now, 30)).execute();
  await db.deleteFrom('request_count').where('window_start', '<', daysBefore(now, 1)).execute();
  // Failures to sign in, one after the other, end a password however far apart they are: kept for a year.
  await sql`
    delete from attempt
    where coalesce((select max(failure) from unnest(failures) as failure), '-infinity')
        < case when kind = 'sign-in' and consecutive > 0 then ${daysBefore(now, 365)}::timestamptz else ${daysBefore(now, 31)}::timestamptz end
      and coalesce(blocked_until, '-infinity') < ${now}`.execute(db);
}

function daysBefore(instant: Date, days: number): Date {
  return new Date(instant.getTime() - days * 86_400_000);
}
