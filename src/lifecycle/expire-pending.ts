import { type Kysely, sql } from 'kysely';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import type { Database } from '#src/database/tables.ts';

/** Stands in `auditValues` where the statement itself names the persons. */
const nobody = Buffer.alloc(32);
const clearedAfterDays = 30;

/**
 * The end of the last day of accounts that nobody confirmed: they count for nothing from that instant on, whoever
 * looks. Here their address and their number are freed in so many words, their sessions end, and the audit trail is
 * told, once. Answers how many.
 *
 * The rows stay until `clearExpired`, so that their link can say that the time is over and whom to call.
 */
export async function expirePending(db: Kysely<Database>, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    with expired as (
      update account set expiry_told = pending_until
      where status = 'pending' and pending_until <= ${now} and expiry_told is distinct from pending_until
      returning person_key
    ), freed as (
      delete from email_claim using expired where email_claim.person_key = expired.person_key and expires_at <= ${now}
    ), waiting as (
      delete from session using expired where session.person_key = expired.person_key and kind = 'waiting'
    )
    insert into audit_event (${auditColumns})
    select person_key, at, kind, details from expired,
      (values (${auditValues(nobody, now, 'pending-expired')})) as event (nobody, at, kind, details)`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0n);
}

/** Deletes expired accounts 30 days after they were made, with all that was answered for them. Answers how many. */
export async function clearExpired(db: Kysely<Database>, now: Date): Promise<number> {
  const before = new Date(now.getTime() - clearedAfterDays * 86_400_000);
  const { rows } = await sql`
    with expired as (
      delete from account where status = 'pending' and pending_until <= ${now} and created_at < ${before}
      returning person_key
    ), freed as (
      delete from email_claim using expired where email_claim.person_key = expired.person_key and expires_at <= ${now}
    ), links as (
      delete from email_confirmation using expired where email_confirmation.person_key = expired.person_key
    ), unlinked as (
      delete from franceconnect_link using expired where franceconnect_link.person_key = expired.person_key
    ), forgotten as (
      delete from franceconnect_subject using expired where franceconnect_subject.person_key = expired.person_key
    ), waiting as (
      delete from session using expired where session.person_key = expired.person_key
    ), answered as (
      delete from consent using expired where consent.person_key = expired.person_key
    ), agreed as (
      delete from terms_acceptance using expired where terms_acceptance.person_key = expired.person_key
    )
    select person_key from expired`.execute(db);
  return rows.length;
}
