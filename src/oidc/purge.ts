import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Deletes the journeys, and what is kept for browsers, whose time is over. Answers how many of each. */
export async function purgeJourneys(
  db: Kysely<Database>,
  now: Date,
): Promise<{ readonly journeys: number; readonly browsers: number }> {
  const journeys = await db.deleteFrom('oidc_transaction').where('expires_at', '<=', now).executeTakeFirst();
  const browsers = await db.deleteFrom('oidc_browser').where('expires_at', '<=', now).executeTakeFirst();
  return { journeys: Number(journeys.numDeletedRows), browsers: Number(browsers.numDeletedRows) };
}

/** Deletes what one master key sealed: it lives for minutes, or is no loss. */
export async function forgetSealedBy(db: Kysely<Database>, version: number): Promise<void> {
  const sealedBy = sql<boolean>`substring(sealed from 1 for 4) = int4send(${version}::integer)`;
  await db.deleteFrom('oidc_transaction').where(sealedBy).execute();
  await db.deleteFrom('oidc_browser').where(sealedBy).execute();
}
