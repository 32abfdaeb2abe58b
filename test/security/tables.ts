import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** A checksum of everything in each table: what changed can be named, what did not can be proven. */
export async function checksums(db: Kysely<Database>): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db);
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const row = name === 'session' ? sql`to_jsonb(t) - 'seen_at'` : sql`to_jsonb(t)`;
    const { rows } = await sql<{ sum: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(md5((${row})::text), '' order by md5((${row})::text))), '') as sum
      from ${sql.table(name)} as t`.execute(db);
    sums[name] = rows[0]?.sum ?? '';
  }
  return sums;
}
