import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { testDatabase } from '#src/database/testing.ts';
import { databaseCheck, migrationsCheck, passwordsCheck } from '#src/operations/checks.ts';
import { openHealth } from '#src/operations/health.ts';
import { openOperationsListener } from '#src/operations/listener.ts';
import { openMetrics } from '#src/operations/metrics.ts';

const yes = { name: 'yes', holds: () => true };

describe('readiness', () => {
  test('holds when every check does', async () => {
    assert.deepEqual(await openHealth([yes, yes]).readiness(), { ready: true, failing: [] });
  });

  test('names what does not hold, breaks, or does not answer', async () => {
    const health = openHealth(
      [
        yes,
        { name: 'no', holds: async () => false },
        { name: 'broken', holds: () => Promise.reject(new Error('down')) },
        { name: 'silent', holds: () => new Promise(() => {}) },
      ],
      20,
    );
    assert.deepEqual(await health.readiness(), { ready: false, failing: ['no', 'broken', 'silent'] });
  });

  test('is over as soon as the service stops', async () => {
    const health = openHealth([yes]);
    health.stopping();
    assert.deepEqual(await health.readiness(), { ready: false, failing: ['stopping'] });
  });

  test('knows a migrated database from a closed one, and a full lane', async (t) => {
    const { db, asOwner } = await testDatabase(t);
    assert.equal(await databaseCheck(db).holds(), true);
    const migrations = migrationsCheck(db);
    assert.equal(await migrations.holds(), true);
    await asOwner((owner) => sql`delete from migration`.execute(owner));
    assert.equal(await migrationsCheck(db).holds(), false);
    const stats = {
      waiting: 64,
      running: 1,
      averageMs: 50,
      full: true,
      crowded: true,
      done: 0,
      refused: 1,
      abandoned: 0,
    };
    assert.equal(await passwordsCheck({ stats: () => stats }).holds(), false);
  });
});

/** The status of a request that names that host. */
function statusFor(port: number, host: string | undefined): Promise<number | undefined> {
  const options = { port, host: '127.0.0.1', path: '/metrics', setHost: false };
  const headers = host === undefined ? {} : { host };
  return new Promise((resolve, reject) =>
    httpRequest({ ...options, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(),
  );
}

test('the listener for machines answers to addresses and to its own names, never to a site’s', async (t) => {
  const options = { host: 'localhost', port: 0, names: ['compte-1.interne'] };
  const listener = await openOperationsListener(options, {
    health: openHealth([]),
    metrics: openMetrics(),
  });
  t.after(() => listener.close());
  const ours = [
    '127.0.0.1:9464',
    '[::1]:9464',
    '10.0.0.5',
    'localhost',
    'LOCALHOST:1',
    'compte-1.interne:9464',
  ];
  for (const host of [...ours, undefined, ''])
    assert.equal(await statusFor(listener.port, host), 200, `${host}`);
  const others = [
    'ailleurs.example',
    'ailleurs.example:9464',
    'localhost.ailleurs.example',
    '127.0.0.1.nip.io',
  ];
  for (const host of others) assert.equal(await statusFor(listener.port, host), 421, host);
});

test('the listener for machines', async (t) => {
  const health = openHealth([yes]);
  const metrics = openMetrics();
  const listener = await openOperationsListener({ host: '127.0.0.1', port: 0 }, { health, metrics });
  t.after(() => listener.close());
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${listener.port}${path}`, init);

  assert.equal((await get('/healthz')).status, 200);
  assert.equal((await get('/readyz?from=probe')).status, 200);
  assert.match(await (await get('/metrics')).text(), /compte_process_cpu/);
  assert.equal((await get('/connexion')).status, 404);
  assert.equal((await get('/metrics', { method: 'POST' })).status, 404);
  health.stopping();
  const stopping = await get('/readyz');
  assert.equal(stopping.status, 503);
  assert.deepEqual(await stopping.json(), { ready: false, failing: ['stopping'] });
  assert.equal((await get('/healthz')).status, 200);
  const taken = { host: '127.0.0.1', port: listener.port };
  await assert.rejects(openOperationsListener(taken, { health, metrics }), { code: 'EADDRINUSE' });
  const other = await openOperationsListener({ ...taken, orFree: true }, { health, metrics });
  assert.notEqual(other.port, listener.port);
  await other.close();
});
