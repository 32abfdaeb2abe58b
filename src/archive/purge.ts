import { type Compilable, type Kysely, sql } from 'kysely';
import type { DocumentTable } from '#src/database/tables/deposits.ts';
import type { Database } from '#src/database/tables.ts';

const batchRows = 500;

/** The printer still has to have what goes on paper: letters wait that long for a batch, and are printed again until then. */
const letterDays = 120;

/**
 * Deletes the documents, with their bytes, that were kept since before an instant, some hundreds at a time; but none whose letter
 * may still be printed. Returns how many.
 */
export async function purgeDocuments(db: Kysely<Database>, before: Date, now: Date): Promise<number> {
  const lettered = daysBefore(now, letterDays);
  let deleted = 0;
  for (;;) {
    const { rows: old } = await sql<DocumentName>`
      select person_key, id from document
      where deposited_at < ${before} and (lettered_at is null or lettered_at < ${lettered}) limit ${batchRows}`.execute(
      db,
    );
    deleted += await deleteThese(db, old);
    if (old.length < batchRows) return deleted;
  }
}

type DocumentName = Pick<DocumentTable, 'person_key' | 'id'>;

async function deleteThese(db: Kysely<Database>, documents: readonly DocumentName[]): Promise<number> {
  if (documents.length === 0) return 0;
  const { numAffectedRows } = await sql`
    delete from document where person_key = any(${documents.map(({ person_key }) => person_key)}::bytea[])
      and id = any(${documents.map(({ id }) => id)}::uuid[])`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** What its person has not had yet: it goes on paper, or is in an envelope that may still be printed. */
function isUnderWay(printedAfter: Date) {
  return sql<boolean>`(matters and opened_at is null and letter_id is null and origin = 'sender' and message_id is null
    or coalesce(lettered_at >= ${printedAfter}, false))`;
}

/** Deletes the documents of a person with their bytes, drafts among them, but those that are still to reach the person on paper. */
export function erasingDocuments(db: Kysely<Database>, personKey: Buffer, now: Date): Compilable {
  return db
    .deleteFrom('document')
    .where('person_key', '=', personKey)
    .where(sql<boolean>`not ${isUnderWay(daysBefore(now, letterDays))}`);
}

/** Deletes what an erasure left because it was still to reach its person, once it has. Returns how many documents. */
export async function purgeErased(db: Kysely<Database>, now: Date): Promise<number> {
  const { rows: old } = await sql<DocumentName>`
    select d.person_key, d.id from tombstone t
    join document d on d.person_key = t.person_key and d.deposited_at <= t.erased_at
    where not ${isUnderWay(daysBefore(now, letterDays))} limit ${batchRows}`.execute(db);
  return deleteThese(db, old);
}

function daysBefore(instant: Date, days: number): Date {
  return new Date(instant.getTime() - days * 86_400_000);
}
