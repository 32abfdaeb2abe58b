import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { testDatabase } from '#test/setting/database.ts';

const refused = { code: '42501' };

test('the role that serves changes rows, never tables, and only adds to the trail', async (t) => {
  const { db, asOwner } = await testDatabase(t, 'queues');
  const { rows } = await sql<{ super: boolean; creates: boolean; owned: number }>`
    select rolsuper as super, rolcreaterole or rolcreatedb or rolbypassrls as creates,
      (select count(*)::integer from pg_class where relowner = pg_roles.oid) as owned
    from pg_roles where rolname = current_user`.execute(db);
  assert.deepEqual(rows, [{ super: false, creates: false, owned: 0 }]);
  const forbidden = [
    'create table own (id integer)',
    'create schema own',
    'drop table session',
    'truncate session',
    'alter table account add column own text',
    'create index own on account (language)',
    "create function own() returns integer language sql as 'select 1'",
    'alter table audit_event disable trigger all',
    'delete from audit_event',
    'delete from audit_head',
    "update audit_event set kind = 'signed-out'",
    'truncate audit_event',
    "insert into migration (name) values ('own')",
    'delete from migration',
    "insert into installation (mode) values ('production')",
    'create table pgboss.own (id integer)',
    'select pgboss.create_queue(\'own\', \'{"partition": true, "policy": "standard"}\'::jsonb)',
  ];
  for (const statement of forbidden) await assert.rejects(sql.raw(statement).execute(db), refused, statement);
  const granted = await asOwner((owner) =>
    sql<{ name: string }>`
      select relname as name from pg_class
      where relkind in ('r', 'p') and not relispartition and relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
        and not has_table_privilege('compte_test_runtime', oid, 'insert, update, delete')
      order by relname`.execute(owner),
  );
  assert.deepEqual(
    granted.rows.map(({ name }) => name),
    ['installation', 'migration'],
    'it writes every other table',
  );
});
