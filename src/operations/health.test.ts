import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import {
  clocksAgree,
  migrationsCheck,
  openDatabaseProbe,
  openDeliveryClock,
  passwordsCheck,
} from '#src/housekeeping/checks.ts';
import { openHealth } from '#src/operations/health.ts';
import { openOperationsListener } from '#src/operations/listener.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { systemClock, toleratedSkewSeconds } from '#src/time/clock.ts';
import { testDatabase } from '#test/setting/database.ts';

const yes = { name: 'yes', holds: () => true };

describe('readiness', () => {
  test('is true when every check holds', async () => {
    assert.deepEqual(await openHealth([yes, yes]).readiness(), { ready: true, failing: [] });
  });

  test('names the checks that fail, throw or time out', async () => {
    const health = openHealth(
      [
        yes,
        { name: 'no', holds: async () => false },
        { name: 'broken', holds: () => Promise.reject(new Error('down')) },
        { name: 'silent', holds: () => new Promise(() => {}) },
      ],
      { timeoutMs: 20 },
    );
    assert.deepEqual(await health.readiness(), { ready: false, failing: ['no', 'broken', 'silent'] });
  });

  test('reports a failing check that only degrades the service, and stays ready', async () => {
    const franceConnect = { name: 'franceconnect', degrades: true, holds: () => false } as const;
    const health = openHealth([yes, franceConnect]);
    assert.deepEqual(health.lastResults(), { ready: false, checks: new Map() }, 'nothing is known yet');
    assert.deepEqual(await health.readiness(), { ready: true, failing: [], degraded: ['franceconnect'] });
    const checks = new Map([
      ['yes', true],
      ['franceconnect', false],
    ]);
    assert.deepEqual(health.lastResults(), { ready: true, checks });
  });

  test('reports once that a check fails, with the cause, and once that it holds again', async () => {
    const changes: unknown[] = [];
    const down = new Error('down');
    const answers = [true, down, down, true, true];
    const holds = async () => {
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next === true;
    };
    const health = openHealth([{ name: 'database', holds }], {
      reuseMs: 0,
      onChange: (...change) => changes.push(change),
    });
    for (let round = 0; round < 5; round += 1) {
      await health.readiness();
      await wait(5);
    }
    assert.deepEqual(changes, [
      ['database', false, down],
      ['database', true, undefined],
    ]);
  });

  test('runs one round of checks for concurrent requests', async () => {
    let runs = 0;
    const answer = Promise.withResolvers<boolean>();
    const holds = () => {
      runs += 1;
      return answer.promise;
    };
    const health = openHealth([{ name: 'database', holds }]);
    const readings = Array.from({ length: 20 }, () => health.readiness());
    answer.resolve(true);
    for (const { ready } of await Promise.all(readings)) assert.ok(ready);
    assert.equal(runs, 1);
  });

  test('a machine whose clock is more than 30 seconds ahead or behind is not ready', async (t) => {
    const { db } = await testDatabase(t);
    for (const [seconds, holds] of [
      [0, true],
      [toleratedSkewSeconds - 5, true],
      [5 - toleratedSkewSeconds, true],
      [toleratedSkewSeconds + 5, false],
      [-toleratedSkewSeconds - 5, false],
      [3_600, false],
    ] as const) {
      const clock = { now: () => new Date(Date.now() + seconds * 1_000) };
      assert.equal(await clocksAgree(db, clock), holds);
      const probe = openDatabaseProbe(db, clock);
      assert.equal(probe.skewSeconds(), null);
      assert.equal(probe.clock.holds(), true, 'nothing is known yet');
      assert.equal(await probe.answers.holds(), true);
      assert.equal(probe.clock.holds(), holds, `${seconds}`);
      assert.ok(Math.abs((probe.skewSeconds() ?? 0) - seconds) < 4, `${probe.skewSeconds()} for ${seconds}`);
    }
  });

  test('a clock that jumps is not trusted with deliveries until it is right again', async (t) => {
    const { db } = await testDatabase(t);
    let aheadSeconds = 0;
    let passedSeconds = 0;
    const clock = { now: () => new Date(Date.now() + aheadSeconds * 1_000) };
    const holds = openDeliveryClock(db, clock, () => performance.now() + passedSeconds * 1_000);
    for (const [ahead, passed, expected] of [
      [0, 0, true],
      [60, 0, true],
      [3_600, 0, false],
      [3_600, 0, false],
      [0, 0, true],
      [-3_600, 0, false],
      [315_360_000, 0, false],
      [0, 0, true],
      // This clock has not jumped: it and the database have drifted apart.
      [400, 400, false],
    ] as const) {
      aheadSeconds = ahead;
      passedSeconds = passed;
      assert.equal(await holds(), expected, `${ahead} seconds ahead, after ${passed}`);
    }
  });

  test('ends as soon as the service starts to stop', async () => {
    const health = openHealth([yes]);
    health.stopping();
    assert.deepEqual(await health.readiness(), { ready: false, failing: ['stopping'] });
  });

  test('detects missing migrations and a full queue of passwords', async (t) => {
    const { db, asOwner } = await testDatabase(t);
    assert.equal(await openDatabaseProbe(db, systemClock).answers.holds(), true);
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

test('the operations port accepts IP addresses and its own names as host, no other', async (t) => {
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

test('the operations port', async (t) => {
  const health = openHealth([yes]);
  const metrics = openMetrics();
  const listener = await openOperationsListener({ host: '127.0.0.1', port: 0 }, { health, metrics });
  t.after(() => listener.close());
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${listener.port}${path}`, init);

  assert.equal((await get('/healthz')).status, 200);
  assert.equal((await get('/readyz?from=probe')).status, 200);
  assert.match(await (await get('/metrics')).text(), /compte_process_cpu/);
  assert.equal((await get('/connexion')).status, 404);
  const posted = await get('/metrics', { method: 'POST' });
  assert.deepEqual([posted.status, posted.headers.get('allow')], [405, 'GET, HEAD']);
  for (const path of ['/metrics', '/healthz', '/readyz']) {
    const head = await get(path, { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, ''], path);
    assert.ok(Number(head.headers.get('content-length')) > 0, path);
  }
  const errors: unknown[] = [];
  const broken = { contentType: 'text/plain', text: () => Promise.reject(new Error('no memory')) };
  const failing = await openOperationsListener(
    { host: '127.0.0.1', port: 0 },
    { health, metrics: broken, onError: (error) => errors.push(error) },
  );
  t.after(() => failing.close());
  assert.equal((await fetch(`http://127.0.0.1:${failing.port}/metrics`)).status, 500);
  assert.equal(errors.length, 1, 'the cause goes to the log');
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
