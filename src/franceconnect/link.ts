import { type Kysely, sql } from 'kysely';
import { type AccountRow, accountColumns, isLive } from '#src/account/account.ts';
import { lockAccount } from '#src/account/lock-account.ts';
import { ownerNotice } from '#src/account/owner-notice.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { queueNotice } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';

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
  const link = await db
    .selectFrom('franceconnect_link')
    .select('person_key')
    .where('subject_key', '=', sql<Buffer>`any(${subjects}::bytea[])`)
    .executeTakeFirst();
  return link ? findLiveAccount(db, link.person_key, at) : null;
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
  return row && isLive({ status: row.status, pendingUntil: row.pending_until }, at) ? row : null;
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
 * Links a subject to a person, in place of any other of theirs; the caller holds the account's row. False, and
 * nothing changed, when it is linked to the living account of somebody else.
 */
export async function storeLink(
  trx: Kysely<Database>,
  subject: Buffer,
  personKey: Buffer,
  at: Date,
): Promise<boolean> {
  const known = await trx
    .selectFrom('franceconnect_link')
    .select('person_key')
    .where('subject_key', '=', subject)
    .executeTakeFirst();
  const others = known && !known.person_key.equals(personKey);
  if (others && (await findLiveAccount(trx, known.person_key, at))) return false;
  await sql`
    delete from franceconnect_link where person_key = ${personKey} and subject_key <> ${subject}`.execute(
    trx,
  );
  const { numAffectedRows } = await sql`
    insert into franceconnect_link as known (subject_key, person_key, linked_at)
    values (${subject}, ${personKey}, ${at})
    on conflict (subject_key) do update set person_key = excluded.person_key, linked_at = excluded.linked_at
    where known.person_key = ${known?.person_key ?? personKey}`.execute(trx);
  return numAffectedRows === 1n;
}

/** Links the open account of a person, with its audit event and a mail to its owner. */
export async function linkAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { personKey, subject }: { readonly personKey: Buffer; readonly subject: Buffer },
  at: Date,
): Promise<'linked' | 'linked-elsewhere' | 'gone'> {
  const { db, keyring, jobs } = services;
  return db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, at);
    if (account?.status !== 'active') return 'gone';
    if (!(await storeLink(trx, subject, personKey, at))) return 'linked-elsewhere';
    await sql`insert into audit_event (${auditColumns}) select ${auditValues(personKey, at, 'franceconnect-linked')}`.execute(
      trx,
    );
    const address = account.contact.email;
    await queueNotice(trx, jobs, ownerNotice(services, account, 'franceconnect-linked', { address }, at));
    return 'linked';
  });
}

/** Unlinks the open account of a person, with its audit event and a mail to its owner. Nothing when it is not linked. */
export async function unlinkAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  personKey: Buffer,
  at: Date,
): Promise<void> {
  const { db, keyring, jobs } = services;
  await db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, at);
    if (account?.status !== 'active') return;
    const { numAffectedRows } = await sql`
      delete from franceconnect_link where person_key = ${personKey}`.execute(trx);
    if (!numAffectedRows) return;
    await sql`insert into audit_event (${auditColumns}) select ${auditValues(personKey, at, 'franceconnect-unlinked')}`.execute(
      trx,
    );
    const address = account.contact.email;
    await queueNotice(trx, jobs, ownerNotice(services, account, 'franceconnect-unlinked', { address }, at));
  });
}
