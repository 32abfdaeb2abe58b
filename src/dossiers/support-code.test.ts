import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { parseSupportCode } from '#src/dossiers/support-code.ts';
import { testDatabase } from '#test/setting/database.ts';

test('a support code is read as people type it', () => {
  const cases: [string, string | null][] = [
    ['7K2M-Q0ZR', '7K2M-Q0ZR'],
    [' 7k2m q0zr ', '7K2M-Q0ZR'],
    ['7K2MQOZR', '7K2M-Q0ZR'],
    ['il1o–0000', '1110-0000'],
    ['7K2M-Q0Z', null],
    ['7K2M-Q0ZRR', null],
    ['7K2M-Q0ZU', null],
    ['', null],
  ];
  for (const [typed, code] of cases) assert.equal(parseSupportCode(typed), code, typed);
});

test('the database draws readable codes, all different', async (t) => {
  const { db } = await testDatabase(t);
  const { rows } = await sql<{ code: string }>`
    select new_support_code() as code from generate_series(1, 2000)`.execute(db);
  for (const { code } of rows) assert.equal(parseSupportCode(code), code);
  assert.equal(new Set(rows.map(({ code }) => code)).size, 2000);
  const signs = new Set(rows.flatMap(({ code }) => [...code.replace('-', '')]));
  assert.equal(signs.size, 32);
});
