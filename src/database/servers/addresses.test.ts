import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesOf, isDatabaseAddress } from '#src/database/servers/addresses.ts';

test('an address of several servers is one address for each', () => {
  assert.deepEqual(addressesOf('postgres://compte:a%2Cb@one,two:5433,[::1]:5434/n?sslmode=verify-full'), [
    'postgres://compte:a%2Cb@one/n?sslmode=verify-full',
    'postgres://compte:a%2Cb@two:5433/n?sslmode=verify-full',
    'postgres://compte:a%2Cb@[::1]:5434/n?sslmode=verify-full',
  ]);
  for (const one of ['postgres://h/n', 'postgres:///n?host=/run/postgresql', 'postgres://%2Frun/n'])
    assert.deepEqual(addressesOf(one), [one]);
});

test('what is no address, of one server or of all, is refused', () => {
  for (const url of ['postgres://a,b:5433/n', 'postgresql://u:p@a:1,b:2/n'])
    assert.ok(isDatabaseAddress(url));
  const wrong = ['mysql://a,b/n', 'postgres://a,b:x/n', 'postgres:///n?host=one,two', 'h1,h2', ''];
  for (const url of wrong) assert.ok(!isDatabaseAddress(url), url);
});
