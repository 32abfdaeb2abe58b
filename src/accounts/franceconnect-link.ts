import type { Compilable, Kysely } from 'kysely';
import { isLive } from '#src/accounts/account.ts';
import { auditKind } from '#src/audit/kind.ts';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import { also, required, type Write } from '#src/database/at-once.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';

export const franceConnectLinked = auditKind('franceconnect-linked');

/** The keys of a subject of a provider, one for each key version, the current one first. */
export function subjectKeys(
  keyring: Keyring,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
): Buffer[] {
  return keyring.versions.map((version) =>
    fingerprintWith(keyring, version, 'franceconnect-subject', issuer, subject),
  );
}

/** A subject that was taken for a person, whether or not their account is linked to it still. */
export interface SubjectHolder {
  readonly subject: Buffer;
  readonly personKey: Buffer;
}

const holdersQuery = `
  select subject_key as subject, person_key as "personKey" from franceconnect_subject
  where subject_key = any($1::bytea[])`;

/** Whose account a subject may open, by its keys. */
export async function findSubjectHolders(
  db: Kysely<Database>,
  subjects: readonly Buffer[],
): Promise<readonly SubjectHolder[]> {
  if (subjects.length === 0) return [];
  const { rows } = await db.executeQuery(prepared<SubjectHolder>(holdersQuery, [subjects]));
  return rows;
}

/** The link of a person’s account to a subject, by one of its keys, kept from being undone by others. */
export function holdingLink(
  db: Kysely<Database>,
  personKey: Buffer,
  subjects: readonly Buffer[],
): Compilable {
  return db
    .selectFrom('franceconnect_link')
    .select('linked_at')
    .where('person_key', '=', personKey)
    .where('subject_key', 'in', subjects)
    .forShare();
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

/** Takes a subject for a person, at once with its link: no row changes when it was ever taken for another person. */
export function takingSubject(db: Kysely<Database>, personKey: Buffer, subject: Buffer): Compilable {
  return db
    .insertInto('franceconnect_subject')
    .values({ subject_key: subject, person_key: personKey })
    .onConflict((conflict) =>
      conflict
        .column('subject_key')
        .doUpdateSet({ person_key: personKey })
        .where('franceconnect_subject.person_key', '=', personKey),
    );
}

/**
 * Takes a subject for a person, in the caller's transaction, which then links it. False, and nothing changed, when the
 * subject is linked to the live account of another person.
 */
export async function takeSubject(
  trx: Kysely<Database>,
  personKey: Buffer,
  subject: Buffer,
  now: Date,
): Promise<boolean> {
  // Leaves an existing row unchanged but locks it: of two transactions that link one subject, the second sees the first.
  const holder = await trx
    .insertInto('franceconnect_subject')
    .values({ subject_key: subject, person_key: personKey })
    .onConflict((conflict) =>
      conflict.column('subject_key').doUpdateSet((eb) => ({
        person_key: eb.ref('franceconnect_subject.person_key'),
      })),
    )
    .returning('person_key')
    .executeTakeFirstOrThrow();
  if (!holder.person_key.equals(personKey)) {
    if (await isLinked(trx, holder.person_key, subject, now)) return false;
    await trx
      .updateTable('franceconnect_subject')
      .set({ person_key: personKey })
      .where('subject_key', '=', subject)
      .execute();
  }
  return true;
}

/** Links a subject that was taken to the account of a person: no row changes while that is linked to another one. */
export function linkingSubject(db: Kysely<Database>, personKey: Buffer, subject: Buffer, now: Date) {
  return db
    .insertInto('franceconnect_link')
    .values({ person_key: personKey, subject_key: subject, linked_at: now })
    .onConflict((conflict) =>
      conflict
        .column('person_key')
        .doUpdateSet({ linked_at: now })
        .where('franceconnect_link.subject_key', '=', subject),
    );
}

/**
 * Takes a subject for a person, whose account the caller's transaction has locked, and undoes the link of that account to
 * another one. False, and nothing changed, when the subject is linked to the live account of another person.
 */
export async function makeWayForLink(
  trx: Kysely<Database>,
  personKey: Buffer,
  subject: Buffer,
  now: Date,
): Promise<boolean> {
  if (!(await takeSubject(trx, personKey, subject, now))) return false;
  const other = await trx
    .deleteFrom('franceconnect_link')
    .where('person_key', '=', personKey)
    .where('subject_key', '<>', subject)
    .returning('subject_key')
    .executeTakeFirst();
  if (other) await forgettingSubject(trx, personKey, other.subject_key).execute();
  return true;
}

/** Removes the link of a person’s account. False when there was none. */
export async function unlinkSubject(trx: Kysely<Database>, personKey: Buffer): Promise<boolean> {
  const link = await trx
    .deleteFrom('franceconnect_link')
    .where('person_key', '=', personKey)
    .returning('subject_key')
    .executeTakeFirst();
  if (!link) return false;
  await forgettingSubject(trx, personKey, link.subject_key).execute();
  return true;
}

/** Removes the link of a person’s account to a subject: required, as it was read. */
export function unlinkingSubject(db: Kysely<Database>, personKey: Buffer, subject: Buffer): readonly Write[] {
  const link = db
    .deleteFrom('franceconnect_link')
    .where('person_key', '=', personKey)
    .where('subject_key', '=', subject);
  return [required(link), also(forgettingSubject(db, personKey, subject))];
}

function forgettingSubject(db: Kysely<Database>, personKey: Buffer, subject: Buffer) {
  return db
    .deleteFrom('franceconnect_subject')
    .where('subject_key', '=', subject)
    .where('person_key', '=', personKey);
}

/** Whether a person’s account is live and linked to this subject. */
async function isLinked(
  trx: Kysely<Database>,
  personKey: Buffer,
  subject: Buffer,
  now: Date,
): Promise<boolean> {
  const row = await trx
    .selectFrom('franceconnect_link')
    .innerJoin('account', 'account.person_key', 'franceconnect_link.person_key')
    .select(['status', 'pending_until'])
    .where('franceconnect_link.person_key', '=', personKey)
    .where('subject_key', '=', subject)
    .executeTakeFirst();
  return row !== undefined && isLive({ status: row.status, pendingUntil: row.pending_until }, now);
}
