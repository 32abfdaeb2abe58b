import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPromisedHashes } from '#src/passwords/promised.ts';

test('each who begins books the time of two hashes, one after the other, and time works it off', () => {
  let time = 1_000;
  const promised = openPromisedHashes(() => time, 1_000);
  assert.equal(promised.leftMs(), 0);
  promised.begin(100);
  promised.begin(50);
  assert.equal(promised.leftMs(), 300);
  time += 120;
  assert.equal(promised.leftMs(), 180);
  time += 500;
  assert.equal(promised.leftMs(), 0);
  promised.begin(100);
  assert.equal(promised.leftMs(), 200, 'idle time is not saved up');
});

test('however many begin at once, they book no more than the longest time that is looked ahead', () => {
  let time = 1_000;
  const promised = openPromisedHashes(() => time, 1_000);
  for (let i = 0; i < 600; i += 1) promised.begin(100);
  assert.equal(promised.leftMs(), 1_000);
  time += 900;
  assert.equal(promised.leftMs(), 100);
});
