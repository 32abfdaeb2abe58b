import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { tablesOfPeople } from '#src/installation/retire/move-people.ts';
import { testDatabase } from '#test/setting/database.ts';

test('a key is retired from every table that names people', async (t) => {
  const { db } = await testDatabase(t);
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'person_key' order by 1`.execute(db);
  const trail = ['audit_event', 'audit_head'];
  // An import under other keys reads its file again.
  const staged = ['register_moved', 'register_staged'];
  assert.deepEqual([...tablesOfPeople, ...trail, ...staged].sort(), rows.map(({ name }) => name).sort());
});
