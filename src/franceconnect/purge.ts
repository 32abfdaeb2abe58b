import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Forgets journeys to the provider that nobody ended, and what was kept for browsers; answers how many of each. */
export async function purgeJourneys(
  db: Kysely<Database>,
  now: Date,
): Promise<{ readonly journeys: number; readonly browsers: number }> {
  const journeys = await db
    .deleteFrom('franceconnect_transaction')
    .where('expires_at', '<=', now)
    .executeTakeFirst();
  const browsers = await db
    .deleteFrom('franceconnect_browser')
    .where('expires_at', '<=', now)
    .executeTakeFirst();
  return { journeys: Number(journeys.numDeletedRows), browsers: Number(browsers.numDeletedRows) };
}
