import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { type Attempt, maxima, seconds } from '#src/limits/attempt.ts';
import { latest } from '#src/limits/record-attempt.ts';

/** Until when one of these counters refuses every try; null when each may be tried. Counts nothing: one query each. */
export async function suspendedUntil(
  db: Kysely<Database>,
  attempts: readonly Attempt[],
  now: Date,
): Promise<Date | null> {
  const ends: (Date | null)[] = [];
  for (const { rule, subject } of attempts) {
    const { rows } = await sql<{ until: Date | null }>`
      select attempt_blocked_until(failures, blocked_until, ${now}, ${maxima(rule)}::integer[], ${seconds(rule)}::integer[]) as until
      from attempt where kind = ${rule.kind} and subject = ${subject}`.execute(db);
    ends.push(rows[0]?.until ?? null);
  }
  return latest(ends);
}
