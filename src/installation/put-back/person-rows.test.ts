import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { noRows, tablesLeft, tablesPutBack, writePerson } from '#src/installation/put-back/person-rows.ts';
import { testApp } from '#test/setting/application.ts';

test('every table that names people is put back, or left on purpose', async (t) => {
  const { services } = await testApp(t);
  const { db, keyring } = services;
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'person_key'
      and table_name not like 'payment\\_%' order by 1`.execute(db);
  assert.deepEqual([...tablesPutBack, ...tablesLeft].sort(), rows.map(({ name }) => name).sort());
  const put = { key: Buffer.alloc(32), channels: [] };
  await assert.rejects(
    db.transaction().execute((trx) => writePerson(trx, put, keyring, noRows)),
    /in a workshop only|no result/,
  );
});
