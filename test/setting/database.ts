import type { Prepared, TestDatabase } from './database-preparation.ts';
import { embeddedTestDatabase } from './embedded-database.ts';
import { serverTestDatabase } from './server-database.ts';

/** The context of a test, or another object that closes what the test has opened. */
export interface Closing {
  after(close: () => Promise<unknown>): unknown;
}

/**
 * Closes in reverse order of opening, whatever one of them throws; the hooks of a test context run in the order in which
 * they were added.
 */
export function lastFirst(t: Closing): Closing {
  const hooks: (() => Promise<unknown>)[] = [];
  t.after(async () => {
    const faults: unknown[] = [];
    for (const close of hooks.toReversed()) await close().catch((fault: unknown) => faults.push(fault));
    if (faults.length > 0) throw new AggregateError(faults, 'Not closed');
  });
  return { after: (close) => hooks.push(close) };
}

/** The server that tests stand on; null when the tests are about the embedded engine, or no server was started. */
export const server = process.env.TEST_ENGINE === 'embedded' ? null : (process.env.TEST_DATABASE_URL ?? null);

/** For a test that the embedded engine, with its single session, has nothing to do with. */
export const needsServer = { skip: server === null && 'needs PostgreSQL: npm test -- FILE' };

/**
 * A migrated database without a row, for one test: on the server when there is one, otherwise on the embedded engine.
 * Opened as the role that serves, which owns nothing. `queues`: with the tables of the job queues.
 */
export async function testDatabase(t: Closing, prepared: Prepared = 'bare'): Promise<TestDatabase> {
  const opened = server ? await serverTestDatabase(server, prepared) : await embeddedTestDatabase(prepared);
  t.after(() => opened.close());
  return opened;
}
