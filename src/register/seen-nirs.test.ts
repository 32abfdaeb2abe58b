import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenNirs } from '#src/register/seen-nirs.ts';

test('tells the second time from the first, Corsica apart', () => {
  const seen = seenNirs();
  const nirs = ['185052A004123', '185052B004123', '1850520004123', '2851099134001'];
  for (const nir of nirs) assert.equal(seen.add(nir), true, nir);
  for (const nir of nirs) assert.equal(seen.add(nir), false, nir);
});

test('stays exact as it grows', () => {
  const seen = seenNirs();
  const nirs = Array.from({ length: 20_000 }, (_, index) => String(1_500_175_056_001 + index * 7919));
  assert.ok(nirs.every((nir) => seen.add(nir)));
  assert.ok(nirs.every((nir) => !seen.add(nir)));
});
