import { sql } from 'kysely';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { remindPending } from '#src/enrolment/confirmation/reminders.ts';
import { purgeNoticeContent } from '#src/notices/upkeep.ts';
import type { Services } from '#src/services.ts';

/** What is done every few minutes by one node: reminders, deadlines, and what is kept no longer. */
export async function keepHouse(services: Services): Promise<void> {
  const now = services.clock.now();
  await remindPending(services, now);
  await expirePending(services, now);
  await purgeNoticeContent(services.db, now);
  await purgeLeftovers(services, now);
}

const system = Buffer.alloc(32);

/** Pending accounts past their last day: the person and the address are free again. */
async function expirePending({ db }: Pick<Services, 'db'>, now: Date): Promise<void> {
  await sql`
    with expired as (
      delete from account where status = 'pending' and pending_until <= ${now} returning person_key
    ), freed as (
      delete from email_claim using expired where email_claim.person_key = expired.person_key and expires_at <= ${now}
    ), links as (
      delete from email_confirmation using expired where email_confirmation.person_key = expired.person_key
    ), waiting as (
      delete from session using expired where session.person_key = expired.person_key
    )
    insert into audit_event (${auditColumns})
    select person_key, at, kind, details from expired,
      (values (${auditValues(system, now, 'pending-expired')})) as event (nobody, at, kind, details)`.execute(
    db,
  );
}

/** Sessions that are over, dossiers of 30 days, counters whose windows are past. */
async function purgeLeftovers({ db }: Pick<Services, 'db'>, now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  await db.deleteFrom('session').where('expires_at', '<', now).execute();
  await db.deleteFrom('dossier').where('updated_at', '<', daysAgo(30)).execute();
  await db.deleteFrom('request_count').where('window_start', '<', daysAgo(1)).execute();
  await sql`
    delete from attempt
    where coalesce((select max(failure) from unnest(failures) as failure), '-infinity') < ${daysAgo(31)}
      and coalesce(blocked_until, '-infinity') < ${now} and consecutive = 0`.execute(db);
}
