import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

const batchRows = 500;

/** Deletes the documents, with their bytes, that were kept since before an instant, some hundreds at a time. Returns how many. */
export async function purgeDocuments(db: Kysely<Database>, before: Date): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { rows } = await sql<{ n: number }>`
      with old as (
        select person_key, id from document where deposited_at < ${before} limit ${batchRows}
      ), gone as (
        delete from document d using old where d.person_key = old.person_key and d.id = old.id returning 1
      ) select count(*)::integer as n from gone`.execute(db);
    const n = rows[0]?.n ?? 0;
    deleted += n;
    if (n < batchRows) return deleted;
  }
}
