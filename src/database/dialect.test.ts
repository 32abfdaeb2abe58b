import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';
import { testDatabase } from '#test/setting/database.ts';

async function setting(db: Kysely<Database>, name: string): Promise<unknown> {
  const { rows } = await sql`select current_setting(${name}) as value`.execute(db);
  return rows[0];
}

test('a transaction has the isolation and the access that it is begun with', async (t) => {
  const { db } = await testDatabase(t);
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      assert.deepEqual(await setting(trx, 'transaction_isolation'), { value: 'repeatable read' });
      assert.deepEqual(await setting(trx, 'transaction_read_only'), { value: 'on' });
    });
  await db.transaction().execute(async (trx) => {
    assert.deepEqual(await setting(trx, 'transaction_isolation'), { value: 'read committed' });
    assert.deepEqual(await setting(trx, 'transaction_read_only'), { value: 'off' });
  });
});

/** Texts of which a connection is told values alone, once it has run them. */
const everyKind = `
  select $1::text as word, $2::integer as small, $3::bigint as large, $4::boolean as yes, $5::bytea as bytes,
    $6::timestamptz as instant, $7::date as day, $8::jsonb as things, $9::bytea[] as keys,
    $10::bytea[] as none, $11::text[] as words, null::text as nothing`;

test('a text that is run again answers as it did the first time', async (t) => {
  const { db } = await testDatabase(t);
  const values = [
    'l’été « à » Œuf',
    -7,
    9_007_199_254_740_993n,
    true,
    Buffer.from([0, 92, 255]),
    new Date('2026-03-29T00:59:59.987Z'),
    '1948-02-29',
    JSON.stringify({ a: [1, null] }),
    [Buffer.from([0, 92, 255]), Buffer.alloc(0)],
    [],
    ['a,"b"', null],
  ];
  await db.connection().execute(async (one) => {
    const first = await one.executeQuery(prepared(everyKind, values));
    // An array of texts is written by the driver, which runs the text as it did the first time.
    assert.deepEqual(await one.executeQuery(prepared(everyKind, values)), first);
    const withoutArray = [...values.slice(0, 10), '{"a,\\"b\\"",NULL}'];
    assert.deepEqual(await one.executeQuery(prepared(everyKind, withoutArray)), first);
    assert.deepEqual(first.rows, [
      {
        word: values[0],
        small: -7,
        large: '9007199254740993',
        yes: true,
        bytes: values[4],
        instant: values[5],
        day: '1948-02-29',
        things: { a: [1, null] },
        keys: values[8],
        none: [],
        words: ['a,"b"', null],
        nothing: null,
      },
    ]);
    const nulls = await one.executeQuery(prepared(everyKind, new Array(11).fill(null)));
    assert.deepEqual(new Set(Object.values(nulls.rows[0] ?? {})), new Set([null]));
  });
});

test('a text that is run again says how many rows it changed, fails as itself, and finds none', async (t) => {
  const { db } = await testDatabase(t);
  await db.connection().execute(async (one) => {
    await sql`create temporary table thing (id integer primary key)`.execute(one);
    const insert = (id: number) => one.executeQuery(prepared('insert into thing values ($1)', [id]));
    const find = (id: number) => one.executeQuery(prepared('select id from thing where id = $1', [id]));
    for (const id of [1, 2, 3]) assert.equal((await insert(id)).numAffectedRows, 1n);
    for (let tries = 0; tries < 2; tries += 1) await assert.rejects(insert(2), { code: '23505' });
    const update = () => one.executeQuery(prepared('update thing set id = id + 10', []));
    for (let tries = 0; tries < 2; tries += 1) assert.equal((await update()).numAffectedRows, 3n);
    for (const rows of [[], [{ id: 22 }]]) assert.deepEqual(await find(rows[0]?.id ?? 2), { rows });
    // Misread, the rows would say something else than what is stored.
    await sql`alter table thing alter column id type text`.execute(one);
    await assert.rejects(find(22), { code: /0A000|42883/ });
  });
});

test('a text that fails the first time is run the second time', async (t) => {
  const { db } = await testDatabase(t);
  const divide = (by: number) => db.executeQuery(prepared('select 6 / $1::integer as quotient', [by]));
  await assert.rejects(divide(0), { code: '22012' });
  for (const by of [1, 2, 3]) assert.deepEqual((await divide(by)).rows, [{ quotient: 6 / by }]);
  await assert.rejects(divide(0), { code: '22012' });
  assert.deepEqual((await divide(6)).rows, [{ quotient: 1 }]);
});
