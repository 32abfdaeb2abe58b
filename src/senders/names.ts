import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** The names of senders as people read them, by code. */
export async function senderNames(
  db: Kysely<Database>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await db
    .selectFrom('sender')
    .select(['code', 'name'])
    .where(sql<boolean>`code = any(${[...new Set(codes)]}::text[])`)
    .execute();
  return new Map(rows.map(({ code, name }) => [code, name]));
}
