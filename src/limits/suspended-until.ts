import type { Kysely } from 'kysely';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';
import { type Attempt, attemptsJson } from '#src/limits/attempt.ts';
import { latest } from '#src/limits/record-attempt.ts';

const suspensionsQuery = `
  select (
    select attempt_blocked_until(a.failures, a.blocked_until, $2, tried.maxima, tried.seconds)
    from attempt a where a.kind = tried.kind and a.subject = tried.subject
  ) as until
  from jsonb_populate_recordset(null::attempt_tried, $1::jsonb) with ordinality as tried
  order by ordinality`;

/** Until when each of these counters refuses every try; null for one that may be tried. Counts nothing: one query. */
export async function suspensions(
  db: Kysely<Database>,
  attempts: readonly Attempt[],
  now: Date,
): Promise<readonly (Date | null)[]> {
  if (attempts.length === 0) return [];
  const { rows } = await db.executeQuery(
    prepared<{ until: Date | null }>(suspensionsQuery, [attemptsJson(attempts), now]),
  );
  return rows.map(({ until }) => until);
}

/** Until when one of these counters refuses every try; null when each may be tried. */
export async function suspendedUntil(
  db: Kysely<Database>,
  attempts: readonly Attempt[],
  now: Date,
): Promise<Date | null> {
  return latest(await suspensions(db, attempts, now));
}
