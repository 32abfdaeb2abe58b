import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { type Attempt, blockedUntil } from '#src/limits/attempt.ts';

/** Until when one of these counters refuses every try; null when each may be tried. Counts nothing. */
export async function suspendedUntil(
  db: Kysely<Database>,
  attempts: readonly Attempt[],
  now: Date,
): Promise<Date | null> {
  const { rows } = await sql<{ until: Date | null }>`
    select greatest(${sql.join(attempts.map((attempt) => blockedUntil(attempt, now)))}) as until`.execute(db);
  return rows[0]?.until ?? null;
}
