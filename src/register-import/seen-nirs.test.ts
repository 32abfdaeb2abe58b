import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenNirs } from '#src/register-import/seen-nirs.ts';

test('tells the second time from the first, and where that was, Corsica apart', () => {
  const seen = seenNirs();
  const nirs = ['185052A004123', '185052B004123', '1850520004123', '2851099134001'];
  for (const [index, nir] of nirs.entries()) assert.equal(seen.add(nir, index + 1), null, nir);
  for (const [index, nir] of nirs.entries()) assert.equal(seen.add(nir, 100 + index), index + 1, nir);
});

test('stays exact as it grows', () => {
  const seen = seenNirs();
  const nirs = Array.from({ length: 20_000 }, (_, index) => String(1_500_175_056_001 + index * 7919));
  assert.ok(nirs.every((nir, index) => seen.add(nir, index + 1) === null));
  assert.ok(nirs.every((nir, index) => seen.add(nir, 1) === index + 1));
});
