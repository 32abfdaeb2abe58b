import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { systemRandom } from '#src/crypto/random.ts';
import { type HashLane, type HashLaneOptions, openHashLane } from '#src/passwords/lane.ts';
import type { LaneResult } from '#src/passwords/lane-result.ts';

const whose = { nir: '2690549588157', client: null, ahead: true } as const;
const peppers = new Map([[1, Buffer.alloc(32, 1)]]);
const opened: HashLane[] = [];

function openLane(options: Partial<HashLaneOptions> = {}): HashLane {
  const lane = openHashLane({
    memoryKiB: 64,
    passes: 1,
    maxWaitMs: 2_000,
    peppers,
    random: systemRandom,
    ...options,
  });
  opened.push(lane);
  return lane;
}

after(async () => {
  for (const lane of opened) await lane.close();
});

function unwrap<T>(result: LaneResult<T>): T {
  if (!result.ok) assert.fail(result.reason);
  return result.value;
}

describe('verify', () => {
  test('knows the password and no other', async () => {
    const lane = openLane();
    const stored = unwrap(await lane.hash('Été à la mer 1', whose));
    assert.deepEqual(unwrap(await lane.verify(stored, 'Été à la mer 1', whose)), {
      matches: true,
      outdated: false,
    });
    assert.deepEqual(unwrap(await lane.verify(stored, Buffer.from('Été à la mer 1'), whose)), {
      matches: true,
      outdated: false,
    });
    assert.deepEqual(unwrap(await lane.verify(stored, 'été à la mer 1', whose)), {
      matches: false,
      outdated: false,
    });
  });

  test('two people with one password are stored differently', async () => {
    const lane = openLane();
    assert.notEqual(unwrap(await lane.hash('same', whose)), unwrap(await lane.hash('same', whose)));
  });

  test('one that several share is computed once, and opens nothing for anybody else', async () => {
    const lane = openLane();
    const other = { ...whose, nir: '1850578006084' };
    const hashOf = unwrap(await lane.hashShared('shared', { client: null, ahead: true }));
    const stored = hashOf(whose.nir);
    assert.equal(lane.stats().done, 1);
    assert.equal(unwrap(await lane.verify(stored, 'shared', whose)).matches, true);
    assert.equal(unwrap(await lane.verify(hashOf(other.nir), 'shared', other)).matches, true);
    assert.equal(unwrap(await lane.verify(stored, 'shared', other)).matches, false);
  });

  test('computes as much for an account that does not exist, and says no', async () => {
    const lane = openLane();
    assert.deepEqual(unwrap(await lane.verify(null, 'anything', whose)), { matches: false, outdated: false });
    assert.equal(lane.stats().done, 1);
  });

  test('still opens an older cost and an older pepper, and asks to store again', async () => {
    const old = unwrap(await openLane().hash('pass', whose));
    const dearer = openLane({ memoryKiB: 128 });
    assert.deepEqual(unwrap(await dearer.verify(old, 'pass', whose)), { matches: true, outdated: true });
    const rotated = openLane({ peppers: new Map([[2, Buffer.alloc(32, 2)], ...peppers]) });
    assert.deepEqual(unwrap(await rotated.verify(old, 'pass', whose)), { matches: true, outdated: true });
    const renewed = unwrap(await rotated.hash('pass', whose));
    assert.deepEqual(unwrap(await rotated.verify(renewed, 'pass', whose)), {
      matches: true,
      outdated: false,
    });
  });

  test('a stolen hash is worth nothing under another pepper', async () => {
    const stolen = unwrap(await openLane().hash('pass', whose));
    const thief = openLane({ peppers: new Map([[1, Buffer.alloc(32, 9)]]) });
    assert.equal(unwrap(await thief.verify(stolen, 'pass', whose)).matches, false);
  });

  test('fails when the pepper of a stored password is lost', async () => {
    const stored = unwrap(await openLane().hash('pass', whose));
    const lane = openLane({ peppers: new Map([[2, Buffer.alloc(32, 2)]]) });
    await assert.rejects(lane.verify(stored, 'pass', whose), /pepper 1 is not configured/);
  });
});

describe('the queue', () => {
  test('refuses at once what would wait too long, and serves the rest', async () => {
    const lane = openLane({ memoryKiB: 65_536, passes: 3, maxWaitMs: 100 });
    const asked = Array.from({ length: 5 }, () => lane.hash('pass', whose));
    assert.equal(lane.stats().full, true);
    const results = await Promise.all(asked);
    assert.deepEqual(
      results.map((result) => (result.ok ? 'ok' : result.reason)),
      ['ok', 'ok', 'ok', 'busy', 'busy'],
    );
    for (const result of results) {
      if (!result.ok && result.reason === 'busy')
        assert.ok(result.retryAfterSeconds >= 3 && result.retryAfterSeconds <= 8);
    }
    assert.deepEqual([lane.stats().done, lane.stats().refused, lane.stats().full], [3, 2, false]);
  });

  test('is crowded before it refuses', async () => {
    const lane = openLane({ memoryKiB: 65_536, passes: 3, maxWaitMs: 120 });
    assert.equal(lane.stats().crowded, false);
    const asked = Array.from({ length: 2 }, () => lane.hash('pass', whose));
    assert.deepEqual([lane.stats().crowded, lane.stats().full], [true, false]);
    await Promise.all(asked);
    assert.equal(lane.stats().crowded, false);
  });

  test('is crowded while those who have begun will ask for more than there is time for, and no lane is free', async () => {
    let time = 0;
    const lane = openLane({ memoryKiB: 40_000, passes: 1, maxWaitMs: 120, now: () => time });
    for (let i = 0; i < 5; i++) lane.bookEnrolment();
    assert.equal(lane.stats().crowded, false, 'the lane is free: who has begun may come in minutes');
    const asked = lane.hash('pass', whose);
    assert.equal(lane.stats().crowded, true, 'ten hashes of 10 ms are booked');
    time = 30;
    assert.equal(lane.stats().crowded, false, 'time has worked off three of them');
    await asked;
  });

  test('however many begin while it is free, it lets the next ones in soon after', async () => {
    let time = 0;
    const lane = openLane({ memoryKiB: 40_000, passes: 1, maxWaitMs: 2_000, now: () => time });
    for (let i = 0; i < 600; i++) lane.bookEnrolment();
    const asked = lane.hash('pass', whose);
    assert.equal(lane.stats().crowded, true);
    time = 1_500;
    assert.equal(lane.stats().crowded, false);
    await asked;
  });

  test('keeps no more than 64 waiting, however fast', async () => {
    const lane = openLane({ memoryKiB: 8, maxWaitMs: 60_000 });
    const results = await Promise.all(Array.from({ length: 70 }, () => lane.hash('pass', whose)));
    assert.equal(results.filter(({ ok }) => ok).length, 65);
  });

  test('drops who leaves before their turn, and computes nothing for them', async () => {
    const lane = openLane();
    const leaver = new AbortController();
    const first = lane.hash('first', { ...whose, signal: leaver.signal });
    const second = lane.hash('second', { ...whose, signal: leaver.signal });
    const third = lane.hash('third', whose);
    leaver.abort();
    const results = await Promise.all([
      first,
      second,
      third,
      lane.hash('fourth', { ...whose, signal: leaver.signal }),
    ]);
    assert.deepEqual(
      results.map((result) => (result.ok ? 'ok' : result.reason)),
      ['ok', 'abandoned', 'ok', 'abandoned'],
    );
    assert.deepEqual([lane.stats().done, lane.stats().abandoned, lane.stats().waiting], [2, 2, 0]);
  });

  test('several lanes share one queue', async () => {
    const lane = openLane({ lanes: 2 });
    lane.warm();
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) => lane.hash(`pass ${index}`, whose)),
    );
    assert.ok(results.every(({ ok }) => ok));
  });

  test('closing drops what waits and lets what runs end', async () => {
    const lane = openLane();
    const first = lane.hash('first', whose);
    const second = lane.hash('second', whose);
    await lane.close();
    assert.equal((await first).ok, true);
    assert.deepEqual(await second, { ok: false, reason: 'abandoned' });
    assert.deepEqual(await lane.hash('third', whose), { ok: false, reason: 'abandoned' });
  });
});
