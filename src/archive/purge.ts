import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

const batchRows = 500;

/** The printer still has to have what goes on paper: letters wait that long for a batch, and are printed again until then. */
const letterDays = 120;

/**
 * Deletes the documents, with their bytes, that were kept since before an instant, some hundreds at a time; but none whose letter
 * may still be printed. Returns how many.
 */
export async function purgeDocuments(db: Kysely<Database>, before: Date, now: Date): Promise<number> {
  const lettered = new Date(now.getTime() - letterDays * 86_400_000);
  let deleted = 0;
  for (;;) {
    const { rows } = await sql<{ n: number }>`
      with old as (
        select person_key, id from document where deposited_at < ${before} and (lettered_at is null or lettered_at < ${lettered}) limit ${batchRows}
      ), gone as (
        delete from document d using old where d.person_key = old.person_key and d.id = old.id returning 1
      ) select count(*)::integer as n from gone`.execute(db);
    const n = rows[0]?.n ?? 0;
    deleted += n;
    if (n < batchRows) return deleted;
  }
}
