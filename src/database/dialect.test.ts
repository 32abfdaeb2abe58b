import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
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
