import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { auditKind } from '#src/audit/kind.ts';
import { record } from '#src/audit/record.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { pendingMigrations } from '#src/database/migrate.ts';
import { openDatabase } from '#src/database/open.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { needsServer, server } from '../setting/database.ts';
import { createServerDatabase } from '../setting/server-database.ts';

test('an ordinary owner dumps and restores everything, and the service goes on', needsServer, async (t) => {
  assert.ok(server);
  const before = await createServerDatabase(server, 'queues');
  const after = await createServerDatabase(server, 'empty');
  const folder = await mkdtemp(join(tmpdir(), 'compte-restore-'));
  t.after(async () => {
    await before.drop();
    await after.drop();
    await rm(folder, { recursive: true });
  });
  const serving = await openDatabase({ url: before.url, dataDir: null, poolSize: 2 });
  const at = new Date('2026-11-21T13:00:00Z');
  await record(serving.db, auditKind('signed-in'), {
    person: Buffer.alloc(32, 1),
    actor: { kind: 'person' },
    at,
  });
  await serving.close();

  const dump = join(folder, 'compte.dump');
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  execFileSync('pg_dump', ['-Fc', '-f', dump, before.ownerUrl], {
    stdio: [...stdio],
  });
  execFileSync('pg_restore', ['--exit-on-error', '-d', after.ownerUrl, dump], {
    stdio: [...stdio],
  });

  const restored = await openDatabase({ url: after.url, dataDir: null, poolSize: 2 });
  try {
    assert.deepEqual(await pendingMigrations(restored.db), []);
    await record(restored.db, auditKind('signed-out'), {
      person: Buffer.alloc(32, 1),
      actor: { kind: 'person' },
      at,
    });
    assert.equal((await verifyAudit(restored.db)).events, 2);
    assert.deepEqual((await verifyAudit(restored.db)).broken, []);
    const jobs = await openJobs(restored.pool, { maintain: true });
    await jobs.enqueue(restored.db, 'deliver-notice', [{ personKey: 'aa', id: crypto.randomUUID() }]);
    await jobs.stop(1);
    await assert.rejects(sql`delete from audit_event`.execute(restored.db), { code: '42501' });
  } finally {
    await restored.close();
  }
});
