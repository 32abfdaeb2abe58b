import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '#src/crypto/random.ts';

test('random bytes are given once, in memory of their own, however many are asked for', () => {
  const given = Array.from({ length: 2_000 }, (_, index) => systemRandom.bytes(8 + (index % 57)));
  const texts = given.map((bytes) => bytes.toString('hex'));
  assert.equal(new Set(texts.map((text) => text.slice(0, 16))).size, given.length);
  assert.deepEqual(
    given.map(({ length }) => length),
    given.map((_, index) => 8 + (index % 57)),
  );
  given[0]?.fill(0);
  assert.deepEqual(
    given.slice(1).map((bytes) => bytes.toString('hex')),
    texts.slice(1),
  );
  for (const length of [4_096, 5_000]) {
    const bytes = systemRandom.bytes(length);
    assert.equal(bytes.length, length);
    assert.ok(bytes.subarray(0, 32).some((byte) => byte !== 0));
    assert.ok(bytes.subarray(-32).some((byte) => byte !== 0));
  }
  assert.equal(systemRandom.bytes(0).length, 0);
});
