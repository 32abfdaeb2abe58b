import { join } from 'node:path';
import { type OpenDatabase, openDatabase } from '#src/database/open.ts';
import { type Closing, server } from '../setting/database.ts';
import { createServerDatabase, openPatiently } from '../setting/server-database.ts';
import type { Place } from './service.ts';

/** The environment for a new empty database on the server, or for the embedded one. */
export async function databaseFor(t: Closing): Promise<Record<string, string>> {
  if (!server) return {};
  const { ownerUrl, drop } = await createServerDatabase(server, 'empty');
  t.after(drop);
  return { DEMO_DATABASE_URL: ownerUrl };
}

/** Looks into the database of a demo that is not running. */
export async function inTheDatabase<T>(
  place: Place,
  look: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const url = place.env.DEMO_DATABASE_URL ?? null;
  const database =
    url === null
      ? await openDatabase({ url, dataDir: join(place.folder, 'database'), poolSize: 1 })
      : openPatiently(url, 2);
  try {
    return await look(database);
  } finally {
    await database.close();
  }
}
