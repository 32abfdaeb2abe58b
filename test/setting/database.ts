import type { Prepared, TestDatabase } from './database-preparation.ts';
import { embeddedTestDatabase } from './embedded-database.ts';
import { serverTestDatabase } from './server-database.ts';

/** The context of a test, or another object that closes what the test has opened. */
export interface Closing {
  after(close: () => Promise<unknown>): unknown;
}

/**
 * A migrated database without a row, for one test: on the server of TEST_DATABASE_URL when that is set,
 * otherwise on the embedded engine. Opened as the role that serves, which owns nothing. `queues`: with the tables of
 * the job queues.
 */
export async function testDatabase(t: Closing, prepared: Prepared = 'bare'): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  const opened = server ? await serverTestDatabase(server, prepared) : await embeddedTestDatabase(prepared);
  t.after(() => opened.close());
  return opened;
}
