import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frenchIban, ribKey } from '#src/fictitious/bank-account.ts';

test('keys of published examples', () => {
  assert.equal(ribKey('30006', '00001', '12345678901'), '89');
  assert.equal(ribKey('20041', '01005', '0500013M026'), '06');
  assert.equal(frenchIban('30006', '00001', '12345678901'), 'FR7630006000011234567890189');
  assert.equal(frenchIban('20041', '01005', '0500013M026'), 'FR1420041010050500013M02606');
});

test('every letter counts as its digit', () => {
  const keys = [...'AJ', ...'BKS', ...'CLT', ...'DMU', ...'ENV', ...'FOW', ...'GPX', ...'HQY', ...'IRZ'].map(
    (letter) => ribKey('20041', '01005', `0500013${letter}026`),
  );
  assert.equal(new Set(keys.slice(0, 2)).size, 1);
  for (let at = 2; at < keys.length; at += 3) assert.equal(new Set(keys.slice(at, at + 3)).size, 1);
  assert.equal(new Set(keys).size, 9);
});

test('a bank code that is too short is no account', () => {
  assert.throws(() => frenchIban('3000', '00001', '12345678901'), /Not the parts/);
});
