import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHashOnce } from '#src/enrolment/password/hash-once.ts';
import type { LaneResult } from '#src/passwords/lane-result.ts';

function lane() {
  const jobs: { password: Buffer | string; end: (result: LaneResult<string>) => void }[] = [];
  const hash = (password: Buffer | string) =>
    new Promise<LaneResult<string>>((end) => {
      jobs.push({ password, end });
    });
  return { jobs, hashOnce: openHashOnce({ hash }) };
}

const { signal } = new AbortController();
const whose = { nir: '2690549588157', client: null, ahead: true, signal };

test('the same password of the same dossier is hashed once while it runs, and again afterwards', async () => {
  const { jobs, hashOnce } = lane();
  const both = [hashOnce({ id: 'a' }, 'one', whose), hashOnce({ id: 'a' }, 'one', whose)];
  assert.equal(jobs.length, 1);
  jobs[0]?.end({ ok: true, value: 'hash' });
  assert.deepEqual(await Promise.all(both), [
    { ok: true, value: 'hash' },
    { ok: true, value: 'hash' },
  ]);
  void hashOnce({ id: 'a' }, 'one', whose);
  assert.equal(jobs.length, 2);
});

test('another password or another dossier is another hash', () => {
  const { jobs, hashOnce } = lane();
  void hashOnce({ id: 'a' }, 'one', whose);
  void hashOnce({ id: 'a' }, 'two', whose);
  void hashOnce({ id: 'b' }, 'one', whose);
  assert.equal(jobs.length, 3);
});

test('when the client of the first form leaves, another form starts again', async () => {
  const { jobs, hashOnce } = lane();
  const first = hashOnce({ id: 'a' }, 'one', whose);
  const second = hashOnce({ id: 'a' }, 'one', whose);
  jobs[0]?.end({ ok: false, reason: 'abandoned' });
  assert.equal((await first).ok, false);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(jobs.length, 2);
  jobs[1]?.end({ ok: true, value: 'hash' });
  assert.deepEqual(await second, { ok: true, value: 'hash' });
});
