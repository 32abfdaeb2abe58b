import type { OpenDatabase } from '#src/database/open.ts';
import { embeddedTestDatabase } from '#src/database/testing-embedded.ts';
import type { Prepared } from '#src/database/testing-preparation.ts';
import { serverTestDatabase } from '#src/database/testing-server.ts';

/** A test's context, or whoever else closes what a test has opened. */
export interface Closing {
  after(close: () => Promise<unknown>): unknown;
}

/**
 * A migrated database without a row, for one test: on the server of TEST_DATABASE_URL when that is set,
 * otherwise on the embedded engine. `queues`: with the tables of the job queues.
 */
export async function testDatabase(t: Closing, prepared: Prepared = 'bare'): Promise<OpenDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  const opened = server ? await serverTestDatabase(server, prepared) : await embeddedTestDatabase(prepared);
  t.after(() => opened.close());
  return opened;
}
