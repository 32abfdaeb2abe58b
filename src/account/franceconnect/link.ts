import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { SignedIn } from '#src/account/guard.ts';
import { type AccountRow, accountColumns, isLive } from '#src/accounts/account.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { enqueueDeliveries, noticeColumns, noticeValues } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/owner-notice.ts';
import type { Services } from '#src/services.ts';
import { continueSession, holdSession, type IssuedToken } from '#src/sessions/change-session.ts';

/** How a subject of a provider is named, under every key version, the current one first. */
export function subjectKeys(
  keyring: Keyring,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
): Buffer[] {
  return keyring.versions.map((version) =>
    fingerprintWith(keyring, version, 'franceconnect-subject', issuer, subject),
  );
}

/** The account linked to a subject, if it still counts. */
export async function findLinked(
  db: Kysely<Database>,
  subjects: readonly Buffer[],
  at: Date,
): Promise<AccountRow | null> {
  const row = await db
    .selectFrom('franceconnect_link')
    .innerJoin('account', 'account.person_key', 'franceconnect_link.person_key')
    .select(accountColumns)
    .where('subject_key', '=', sql<Buffer>`any(${subjects}::bytea[])`)
    .executeTakeFirst();
  return row ? liveOnly(row, at) : null;
}

function liveOnly(row: AccountRow, at: Date): AccountRow | null {
  return isLive({ status: row.status, pendingUntil: row.pending_until }, at) ? row : null;
}

export async function findLiveAccount(
  db: Kysely<Database>,
  personKey: Buffer,
  at: Date,
): Promise<AccountRow | null> {
  const row = await db
    .selectFrom('account')
    .select(accountColumns)
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  return row ? liveOnly(row, at) : null;
}

/** When the account of a person was linked; null when it is not. */
export async function linkedSince(db: Kysely<Database>, personKey: Buffer): Promise<Date | null> {
  const row = await db
    .selectFrom('franceconnect_link')
    .select('linked_at')
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  return row?.linked_at ?? null;
}

/**
 * Parts of a statement whose part `made` answers the `person_key` of an account that the caller holds: `linked` answers
 * a row when the subject is linked to it from now on. Nothing for a null subject, nor for one that is linked to the
 * living account of somebody else.
 *
 * A link that another transaction just made is not in the snapshot of this statement: it stays.
 */
export function linked(subject: Buffer | null, at: Date): RawBuilder<unknown> {
  return sql`linked as (
      insert into franceconnect_link as known (subject_key, person_key, linked_at)
      select ${subject}::bytea, person_key, ${at}::timestamptz from made where ${subject}::bytea is not null
      on conflict (subject_key) do update set person_key = excluded.person_key, linked_at = excluded.linked_at
      where known.person_key = excluded.person_key or exists (
        select from franceconnect_link seen left join account on account.person_key = seen.person_key
        where seen.subject_key = known.subject_key and seen.person_key = known.person_key
          and seen.linked_at = known.linked_at
          and (account.status is null or account.status = 'pending' and account.pending_until <= ${at}))
      returning 1
    )`;
}

/** `gone`: the account is not open any more, or the session that asked has ended. */
export type Linking =
  | { readonly kind: 'linked'; readonly issued: IssuedToken }
  | { readonly kind: 'linked-elsewhere' | 'gone' };

/**
 * Links the open account of whoever is signed in, with its audit event and a mail to its owner; the session goes on
 * under a new token.
 */
export async function linkAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { session, account: { personKey } }: SignedIn,
  subject: Buffer,
  at: Date,
): Promise<Linking> {
  const { db, keyring, jobs } = services;
  return db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, at);
    if (account?.status !== 'active' || !(await holdSession(trx, session))) return { kind: 'gone' };
    const { email: address } = account.contact;
    const notice = changeNotice(services, account, 'franceconnect-linked', address, at);
    const { rows } = await sql`
      with made as (
        select ${personKey}::bytea as person_key
      ), ${linked(subject, at)}, unlinked as (
        delete from franceconnect_link using linked where person_key = ${personKey} and subject_key <> ${subject}
      ), told as (
        insert into notice (${noticeColumns}) select ${noticeValues(notice)} from linked
      )
      insert into audit_event (${auditColumns})
      select ${auditValues(personKey, at, 'franceconnect-linked')} from linked returning seq`.execute(trx);
    if (rows.length === 0) return { kind: 'linked-elsewhere' };
    await enqueueDeliveries(trx, jobs, [notice]);
    const issued = await continueSession(trx, { keyring }, { session }, at);
    return issued ? { kind: 'linked', issued } : { kind: 'gone' };
  });
}

/**
 * Unlinks the open account of whoever is signed in, with its audit event and a mail to its owner, and ends the other
 * sessions: FranceConnect may have opened them. This one goes on under a new token. Null when it has ended, or when the
 * account is not open any more.
 */
export async function unlinkAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { account: { personKey }, session }: SignedIn,
  at: Date,
): Promise<IssuedToken | null> {
  const { db, keyring, jobs } = services;
  return db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, at);
    if (account?.status !== 'active') return null;
    const issued = await continueSession(trx, { keyring }, { session, others: 'all' }, at);
    if (!issued) return null;
    const { email: address } = account.contact;
    const notice = changeNotice(services, account, 'franceconnect-unlinked', address, at);
    const { rows } = await sql`
      with unlinked as (
        delete from franceconnect_link where person_key = ${personKey} returning 1
      ), told as (
        insert into notice (${noticeColumns}) select ${noticeValues(notice)} where exists (select from unlinked)
      )
      insert into audit_event (${auditColumns})
      select ${auditValues(personKey, at, 'franceconnect-unlinked')} where exists (select from unlinked)
      returning seq`.execute(trx);
    if (rows.length > 0) await enqueueDeliveries(trx, jobs, [notice]);
    return issued;
  });
}
