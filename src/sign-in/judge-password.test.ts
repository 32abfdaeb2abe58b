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

test('the next attempt is given to the minute, rounded up, never in the past, in a constant length', () => {
  const now = new Date('2026-05-01T10:00:00Z');
  const instants = [
    '2026-11-01T03:05:00.001Z',
    '2026-11-21T13:05:00.000Z',
    '2026-11-09T22:59:59.500Z',
    now.toISOString(),
    '2026-04-30T10:00:00Z',
  ];
  const told = (language: 'fr' | 'en') => instants.map((at) => formatNextTry(new Date(at), now, language));
  assert.deepEqual(
    told('fr').map((text) => text.replaceAll('\u00a0', ' ')),
    [
      'le 01/11/2026 à 04 h 06 (heure de Paris)',
      'le 21/11/2026 à 14 h 05 (heure de Paris)',
      'le 10/11/2026 à 00 h 00 (heure de Paris)',
      'dès maintenant. Il n’y a rien à attendre',
      'dès maintenant. Il n’y a rien à attendre',
    ],
  );
  assert.equal(told('en')[0], 'on 01/11/2026 at 04:06 (Paris time)');
  assert.equal(told('en')[3], 'right now. There is no need to wait');
  for (const texts of [told('fr'), told('en')]) {
    assert.equal(new Set(texts.map((text) => [...text].length)).size, 1);
    assert.equal(new Set(texts.map((text) => Buffer.byteLength(text))).size, 1);
  }
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
