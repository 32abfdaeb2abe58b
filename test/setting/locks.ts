import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Until so many statements on this database wait for a lock. */
export async function untilWaiting(db: Kysely<Database>, statements: number): Promise<void> {
  const waiting = sql<{ n: number }>`
    select count(*)::integer as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await waiting.execute(db)).rows[0]?.n !== statements);
}
