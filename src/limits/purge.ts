import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

const dayMs = 86_400_000;

/**
 * Deletes counters whose windows are past. Consecutive failures to sign in end a password however far apart they are:
 * kept for a year. Answers how many of each.
 */
export async function purgeCounters(
  db: Kysely<Database>,
  now: Date,
): Promise<{ requests: number; attempts: number }> {
  const requests = await db
    .deleteFrom('request_count')
    .where('window_start', '<', daysBefore(now, 1))
    .executeTakeFirst();
  const attempts = await sql`
    delete from attempt
    where coalesce((select max(failure) from unnest(failures) as failure), '-infinity')
        < case when kind = 'sign-in' and consecutive > 0 then ${daysBefore(now, 365)}::timestamptz else ${daysBefore(now, 31)}::timestamptz end
      and coalesce(blocked_until, '-infinity') < ${now}`.execute(db);
  return { requests: Number(requests.numDeletedRows), attempts: Number(attempts.numAffectedRows ?? 0n) };
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs);
}
