import assert from 'node:assert/strict';
import { test } from 'node:test';
import { productionProblems } from '#src/config/safety/safety.ts';
import { environmentSchema } from '#src/config/schema.ts';
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

test('production wants every server that is elsewhere to prove itself', () => {
  const problemsOf = (DATABASE_URL: string) => {
    const values = { ...environmentSchema.parse({ DATABASE_URL }) };
    const problems = productionProblems({ values, faulty: new Set(), problems: [], simulators: [] });
    return problems.filter((line) => /^DATABASE_URL: must say/.test(line)).length;
  };
  assert.equal(problemsOf('postgres://localhost,db.internal:5433/n'), 1);
  assert.equal(problemsOf('postgres://localhost,[::1]:5433/n'), 0);
  assert.equal(problemsOf('postgres://localhost,db.internal/n?sslmode=verify-full'), 0);
});
