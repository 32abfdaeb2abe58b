import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOf } from '#src/limits/client-address.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { consequence } from '#src/sign-in/act-on-failures.ts';
import { judgePassword } from '#src/sign-in/judge-password.ts';
import { formatNextTry } from '#src/sign-in/next-try.ts';
import { testApp } from '#test/setting/application.ts';

const { limits } = loadPolicy('ameli-2025');

test('ten consecutive failures lock and are notified once, a hundred disable the password', () => {
  const cases = {
    1: 'none',
    9: 'none',
    10: 'locked',
    11: 'none',
    20: 'locked',
    99: 'none',
    100: 'disabled',
    101: 'disabled',
  };
  for (const [count, follows] of Object.entries(cases))
    assert.equal(consequence(limits, Number(count)), follows, count);
  assert.equal(consequence({ ...limits, signInDelays: [] }, 10), 'none');
});

test('the next attempt is given to the second, rounded up, in a constant number of characters', () => {
  const instants = ['2026-11-01T03:05:00.001Z', '2026-11-21T13:05:12.000Z', '2026-11-09T22:59:59.500Z'];
  const told = instants.map((instant) => formatNextTry(new Date(instant), 'fr').replaceAll('\u00a0', ' '));
  assert.deepEqual(told, [
    'le 01 novembre 2026 à 04 h 05 min 01 s',
    'le 21 novembre 2026 à 14 h 05 min 12 s',
    'le 10 novembre 2026 à 00 h 00 min 00 s',
  ]);
  assert.equal(
    formatNextTry(new Date('2026-07-01T03:05:00Z'), 'en').replaceAll('\u00a0', ' '),
    'on 01 July 2026 at 05:05:00',
  );
});

test('when too many passwords are queued, nothing is counted and the answer says when to retry', async (t) => {
  const { services, clock } = await testApp(t);
  const busy = { ok: false, reason: 'busy', retryAfterSeconds: 4 } as const;
  const judged = await judgePassword(
    { ...services, passwords: { ...services.passwords, verify: async () => busy } },
    { now: clock.now(), client: clientOf(services, '203.0.113.7'), signal: new AbortController().signal },
    { nir: '2690549588157', subject: Buffer.alloc(32, 1), holder: null, password: 'Pas.Le.Bon1' },
  );
  assert.deepEqual(judged, { kind: 'busy', retryAfterSeconds: 4 });
  assert.deepEqual(await services.db.selectFrom('attempt').selectAll().execute(), []);
});

test('when hashing fails, the attempt is not counted', async (t) => {
  const { services, clock } = await testApp(t);
  const broken = async () => {
    throw new Error('broken');
  };
  const judged = judgePassword(
    { ...services, passwords: { ...services.passwords, verify: broken } },
    { now: clock.now(), client: clientOf(services, '203.0.113.7'), signal: new AbortController().signal },
    { nir: '2690549588157', subject: Buffer.alloc(32, 1), holder: null, password: 'Pas.Le.Bon1' },
  );
  await assert.rejects(judged, /broken/);
  assert.deepEqual(await services.db.selectFrom('attempt').selectAll().execute(), []);
});
