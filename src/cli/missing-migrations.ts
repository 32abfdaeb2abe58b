import { type Kysely, sql } from 'kysely';
import { pendingMigrations, readMigrations } from '#src/database/migrate.ts';
import type { Database } from '#src/database/tables.ts';

/** Names of the migrations that the database lacks: all of them when it is empty. */
export async function missingMigrations(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{
    known: boolean;
  }>`select to_regclass('migration') is not null as known`.execute(db);
  return rows[0]?.known ? pendingMigrations(db) : readMigrations().map(({ name }) => name);
}
