import { type Kysely, sql } from 'kysely';
import { auditColumns } from '#src/audit/event.ts';
import { supersedeCodes } from '#src/codes/standing.ts';
import type { Database } from '#src/database/tables.ts';
import { withholdWaiting } from '#src/notices/withhold.ts';

/** Of these people, those who have something open: an account, a dossier, a session, a code, a message on its way. */
export async function withSomethingOpen(db: Kysely<Database>, people: readonly Buffer[]): Promise<Buffer[]> {
  if (people.length === 0) return [];
  const { rows } = await sql<{ person_key: Buffer }>`
    select person_key from unnest(${people}::bytea[]) as asked (person_key)
    where exists (select from account a where a.person_key = asked.person_key and a.closed_for is null)
      or exists (select from dossier d where d.person_key = asked.person_key and d.closed_at is null)
      or exists (select from session s where s.person_key = asked.person_key)
      or exists (select from provisional_code c where c.person_key = asked.person_key
        and c.used_at is null and c.superseded_at is null)
      or exists (select from notice n where n.person_key = asked.person_key and n.state in ('queued', 'deferred')
        and n.batched_at is null)`.execute(db);
  return rows.map((row) => row.person_key);
}

/** Of these people, those whose account was closed for a death. */
export async function closedForDeath(db: Kysely<Database>, people: readonly Buffer[]): Promise<Buffer[]> {
  if (people.length === 0) return [];
  const rows = await db
    .selectFrom('account')
    .select('person_key')
    .where('person_key', '=', sql<Buffer>`any(${people}::bytea[])`)
    .where('closed_for', '=', 'deceased')
    .execute();
  return rows.map((row) => row.person_key);
}

/**
 * Ends all that is open in the name of people whom the register knows as deceased: nobody signs in any more, by password,
 * code or FranceConnect; sessions, dossiers, links and codes end; nothing is sent to them; their mailbox is free, for
 * whoever shared it. One event in each one's audit trail. Letters that the printer has go on their way.
 *
 * Dossiers first, then accounts, as a creation takes them: one that was faster is seen here, one that is slower finds
 * its dossier closed. People are taken in the order of their keys, as the audit trail takes them.
 */
export async function closeDeceased(
  trx: Kysely<Database>,
  people: readonly Buffer[],
  at: Date,
): Promise<void> {
  const keys = sql`any(${people}::bytea[])`;
  await sql`
    update dossier set closed_at = ${at}, version = version + 1
    where person_key = ${keys} and closed_at is null`.execute(trx);
  await sql`select from account where person_key = ${keys} order by person_key for update`.execute(trx);
  await sql`
    update account set closed_from = status, status = 'disabled', closed_for = 'deceased', closed_since = ${at},
      next_reminder_at = null
    where person_key = ${keys} and closed_for is null`.execute(trx);
  await sql`delete from session where person_key = ${keys}`.execute(trx);
  await sql`delete from known_device where person_key = ${keys}`.execute(trx);
  await sql`delete from email_claim where person_key = ${keys}`.execute(trx);
  await sql`
    update email_confirmation set superseded_at = ${at}
    where person_key = ${keys} and used_at is null and superseded_at is null`.execute(trx);
  for (const person of people) {
    await supersedeCodes(trx, person, at);
    await withholdWaiting(trx, person, 'deceased', at);
  }
  await tell(trx, people, 'account-closed', at);
}

/**
 * Gives back the accounts of people whom the register called deceased and now knows to live: as they were, with the
 * same password and address (unless somebody else has taken that meanwhile); what was ended stays ended.
 */
export async function reopenLiving(
  trx: Kysely<Database>,
  people: readonly Buffer[],
  at: Date,
): Promise<void> {
  const keys = sql`any(${people}::bytea[])`;
  await sql`select from account where person_key = ${keys} order by person_key for update`.execute(trx);
  await sql`
    insert into email_claim (email_key, person_key, claimed_at, expires_at)
    select email_key, person_key, ${at}, case when closed_from = 'pending' then pending_until end
    from account where person_key = ${keys} and closed_for = 'deceased'
    on conflict do nothing`.execute(trx);
  await sql`
    update account set status = closed_from, closed_from = null, closed_for = null, closed_since = null
    where person_key = ${keys} and closed_for = 'deceased'`.execute(trx);
  await tell(trx, people, 'account-reopened', at);
}

async function tell(
  trx: Kysely<Database>,
  people: readonly Buffer[],
  kind: 'account-closed' | 'account-reopened',
  at: Date,
): Promise<void> {
  await sql`
    insert into audit_event (${auditColumns})
    select person_key, ${at}::timestamptz, ${kind}::text, '{"by":"register"}'::jsonb
    from unnest(${people}::bytea[]) as told (person_key) order by person_key`.execute(trx);
}
