import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPromisedHashes } from '#src/passwords/promised.ts';

test('each who begins books the time of two hashes, one after the other, and time works it off', () => {
  let time = 1_000;
  const promised = openPromisedHashes(() => time);
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
