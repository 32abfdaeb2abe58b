import type { Kysely } from 'kysely';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';
import { type Attempt, attemptsJson } from '#src/limits/attempt.ts';
import { latest } from '#src/limits/record-attempt.ts';

/** What a counter says before a try. */
export interface Standing {
  /** Until when it refuses every try; null: it may be tried. */
  readonly until: Date | null;
  /** When it counted a failure, as long as it remembers. */
  readonly failures: readonly Date[];
}

const standingsQuery = `
  select coalesce(a.failures, '{}') as failures,
    attempt_blocked_until(a.failures, a.blocked_until, $2, tried.maxima, tried.seconds) as until
  from jsonb_populate_recordset(null::attempt_tried, $1::jsonb) with ordinality as tried
  left join attempt a on a.kind = tried.kind and a.subject = tried.subject
  order by ordinality`;

/** What each of these counters says. Counts nothing: one query. */
export async function standings(
  db: Kysely<Database>,
  attempts: readonly Attempt[],
  now: Date,
): Promise<readonly Standing[]> {
  if (attempts.length === 0) return [];
  const { rows } = await db.executeQuery(prepared<Standing>(standingsQuery, [attemptsJson(attempts), now]));
  return rows;
}

/** Until when one of these counters refuses every try; null when each may be tried. */
export async function suspendedUntil(
  db: Kysely<Database>,
  attempts: readonly Attempt[],
  now: Date,
): Promise<Date | null> {
  return latest((await standings(db, attempts, now)).map(({ until }) => until));
}
