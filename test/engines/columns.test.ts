import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sql } from 'kysely';
import { testDatabase } from '../setting/database.ts';

const declared = ['tables.ts', 'tables/deposits.ts', 'tables/register.ts'].map(
  (name) => new URL(`../../src/database/${name}`, import.meta.url),
);

/** What a column must be declared as, for the values that the driver gives. */
const types: Readonly<Record<string, string>> = {
  bytea: 'Buffer',
  integer: 'number',
  text: 'string',
  uuid: 'string',
  date: 'string',
  boolean: 'boolean',
  'timestamp with time zone': 'Date',
  'text[]': 'string[]',
  'integer[]': 'number[]',
  'timestamp with time zone[]': 'Date[]',
  'bytea[]': 'Buffer[]',
};

interface Column {
  readonly type: string;
  readonly nullable: boolean;
}

/** Tables and columns as `tables.ts` declares them; `Generated<T>` counts as T, a union of strings as string. */
function declaredTables(): Map<string, Map<string, Column>> {
  const text = declared
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .replaceAll(/\/\*\*.*?\*\//gs, '');
  const bodies = new Map(
    [...text.matchAll(/export interface (\w+) \{\n(.*?)\n\}/gs)].map(([, name = '', body = '']) => [
      name,
      body,
    ]),
  );
  const tables = new Map<string, Map<string, Column>>();
  for (const [, table = '', named, inline] of (bodies.get('Database') ?? '').matchAll(
    /^ {2}(\w+): (?:(\w+)|\{(.*)\});$/gm,
  )) {
    const body = named === undefined ? (inline ?? '') : (bodies.get(named) ?? '');
    const columns = [...body.matchAll(/(\w+): ([^;]+?)\s*(?:;|$)/g)].map(
      ([, name = '', type = '']): [string, Column] => [name, columnOf(type)],
    );
    tables.set(table, new Map(columns));
  }
  return tables;
}

function columnOf(written: string): Column {
  const type = written.replace(/ \| null$/, '').replace(/^Generated<(.*)>$/, '$1');
  const plain = /^'/.test(type) ? 'string' : /^JSONColumnType</.test(type) ? 'json' : type;
  return { type: plain, nullable: / \| null$/.test(written) };
}

test('the declared columns are those of the migrated database', async (t) => {
  const { db } = await testDatabase(t);
  const { rows } = await sql<{ table_name: string; column_name: string; type: string; nullable: boolean }>`
    select relname as table_name, attname as column_name, format_type(atttypid, null) as type,
      not attnotnull as nullable
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped
      and not relispartition
      and relname <> 'migration'`.execute(db);
  const found = rows.map(({ table_name, column_name, type, nullable }) => {
    const known = type === 'jsonb' ? 'json' : (types[type] ?? type);
    return `${table_name}.${column_name}: ${known}${nullable ? ' | null' : ''}`;
  });
  const expected = [...declaredTables()].flatMap(([table, columns]) =>
    [...columns].map(([name, { type, nullable }]) => `${table}.${name}: ${type}${nullable ? ' | null' : ''}`),
  );
  assert.ok(expected.length > 60);
  assert.deepEqual(found.sort(), expected.sort());
});
