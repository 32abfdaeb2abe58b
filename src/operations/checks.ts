import { type Kysely, sql } from 'kysely';
import { pendingMigrations } from '#src/database/migrate.ts';
import type { Database } from '#src/database/tables.ts';
import type { Check } from '#src/operations/health.ts';
import type { HashLane } from '#src/passwords/lane.ts';

export function databaseCheck(db: Kysely<Database>): Check {
  return {
    name: 'database',
    holds: async () => (await sql`select 1`.execute(db)).rows.length === 1,
  };
}

/** Once they are all there the database is not asked again. */
export function migrationsCheck(db: Kysely<Database>): Check {
  let current = false;
  return {
    name: 'migrations',
    async holds() {
      current ||= (await pendingMigrations(db)).length === 0;
      return current;
    },
  };
}

export function passwordsCheck(lane: Pick<HashLane, 'stats'>): Check {
  return { name: 'passwords', holds: () => !lane.stats().full };
}
