import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { pgDump } from '@electric-sql/pglite-tools/pg_dump';
import { sql } from 'kysely';
import pg from 'pg';
import { auditKind } from '#src/audit/kind.ts';
import { record } from '#src/audit/record.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { openEmbedded } from '#src/database/embedded.ts';
import { pendingMigrations } from '#src/database/migrate.ts';
import { databaseOn } from '#src/database/open.ts';
import { addJobs } from '#src/jobs/add-jobs.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { needsServer, server } from '../setting/database.ts';
import { roles } from '../setting/database-preparation.ts';
import { embeddedTemplate } from '../setting/embedded-database.ts';
import { createServerDatabase, openPatiently } from '../setting/server-database.ts';

const at = new Date('2026-11-21T13:00:00Z');
const event = { person: Buffer.alloc(32, 1), actor: { kind: 'person' }, at } as const;

/** What `pg_dump` writes of a database with one event: npm has that program for the embedded engine only. */
async function dumped(): Promise<string> {
  const engine = await openEmbedded(null, await embeddedTemplate('queues'));
  const pool = new pg.Pool({ max: 1, stream: () => engine.stream() });
  const serving = databaseOn(pool, () => engine.close());
  await record(serving.db, auditKind('signed-in'), event);
  const folder = await engine.dump();
  await serving.close();
  const database = await PGlite.create({ loadDataDir: new Blob([new Uint8Array(folder)]) });
  try {
    return await (await pgDump({ pg: database, args: [`--role=${roles.owner}`] })).text();
  } finally {
    await database.close();
  }
}

test('an ordinary owner dumps and restores everything, and the service goes on', needsServer, async (t) => {
  assert.ok(server);
  const after = await createServerDatabase(server, 'empty');
  t.after(after.drop);
  const owner = new pg.Client({ connectionString: after.ownerUrl });
  await owner.connect();
  // Settings that older servers do not know are no part of the data.
  await owner.query((await dumped()).replaceAll(/^SET transaction_timeout = .*$/gm, ''));
  await owner.end();

  const restored = openPatiently(after.url, 2);
  try {
    assert.deepEqual(await pendingMigrations(restored.db), []);
    await record(restored.db, auditKind('signed-out'), event);
    assert.equal((await verifyAudit(restored.db)).events, 2);
    assert.deepEqual((await verifyAudit(restored.db)).broken, []);
    const jobs = await openJobs(restored.db, { maintain: true });
    await addJobs(restored.db, jobs, 'deliver-notice', [{ personKey: 'aa', id: crypto.randomUUID() }]);
    await jobs.stop(1);
    await assert.rejects(sql`delete from audit_event`.execute(restored.db), { code: '42501' });
  } finally {
    await restored.close();
  }
});
