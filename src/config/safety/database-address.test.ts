import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { databaseProblems } from '#src/config/safety/database-address.ts';

test('production wants every server that is elsewhere to prove itself', () => {
  for (const [url, problems] of [
    ['postgres://localhost,db.internal:5433/n', 1],
    ['postgres://localhost,[::1]:5433/n', 0],
    ['postgres://localhost,db.internal/n?sslmode=verify-full', 0],
    ['postgres://db.internal/n?sslmode=no-verify', 1],
  ] as const)
    assert.equal(databaseProblems('DATABASE_URL', url, true).length, problems, url);
});

test('a mode of TLS that would not do what it says is refused', () => {
  const problems = (query: string) => databaseProblems('DATABASE_URL', `postgres://one,two/n${query}`, false);
  for (const query of ['', '?sslmode=verify-full', '?sslmode=no-verify', '?sslmode=disable'])
    assert.deepEqual(problems(query), [], query);
  for (const mode of [
    'require',
    'prefer',
    'allow',
    'verify-ca',
    'verify_full',
    '',
    'no-verify&sslmode=verify-full',
  ])
    assert.match(problems(`?sslmode=${mode}`).join(), /^DATABASE_URL: sslmode must be verify-full/, mode);
});

test('a file of TLS that cannot be read is named before anything connects', () => {
  const here = fileURLToPath(import.meta.url);
  const url = `postgres://h/n?sslmode=verify-full&sslrootcert=${here}&sslcert=/none/a.crt&sslkey=/none/a.key`;
  assert.deepEqual(databaseProblems('DATABASE_URL', url, true), [
    'DATABASE_URL: sslcert names a file that cannot be read (ENOENT)',
    'DATABASE_URL: sslkey names a file that cannot be read (ENOENT)',
  ]);
});
