import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

/**
 * A change of the master key names, seals and signs every table anew, and a class that learns puts everything of a person
 * back: what these files change, they change of all.
 */
const rewritesEverything = [
  'src/installation/retire/',
  'src/installation/reseal.ts',
  'src/installation/put-back/',
];

const tables = [
  ...(/export interface Database \{(.*?)\n\}/s.exec(read('src/database/tables.ts'))?.[1] ?? '').matchAll(
    /^ {2}(\w+): /gm,
  ),
].map(([, name = '']) => name);

const kysely = /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*'(\w+)/g;
const raw =
  /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?(\w+)/gi;
/** A table that is only known when the statement runs. */
const unnamed =
  /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*[^'\s]|\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate)\s+\$\{/i;

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*(?:\/\/|--).*$/gm, '');
}

/** The tables that a text changes by Kysely or SQL. */
function changed(text: string): Set<string> {
  const names = [kysely, raw].flatMap((way) => [...text.matchAll(way)].map(([, name = '']) => name));
  return new Set(names.filter((name) => tables.includes(name)));
}

/** What the functions of the database change, for any caller. */
const functions = new Map(
  globSync('src/database/migrations/*.sql', { cwd: root }).flatMap((file) =>
    [...withoutComments(read(file)).matchAll(/create function (\w+)\(.*?\$\$(.*?)\$\$/gs)].map(
      ([, name = '', body = '']): [string, Set<string>] => [name, changed(body)],
    ),
  ),
);

function changedBy(source: string): Set<string> {
  const text = withoutComments(source);
  const called = [...functions].flatMap(([name, names]) =>
    new RegExp(`\\b${name}\\(`).test(text) ? [...names] : [],
  );
  return new Set([...changed(text), ...called]);
}

const sources = globSync('src/**/*.ts', { cwd: root }).filter(
  (file) => !/\.test\.ts$/.test(file) && !rewritesEverything.some((whole) => file.startsWith(whole)),
);

/** The rows of the table in docs/architecture.md: the folder, then its tables. */
const owners = new Map(
  [...read('docs/architecture.md').matchAll(/^\| `src\/(\w[\w-]*)\/` \| (`.*`) \|$/gm)].flatMap(
    ([, folder = '', names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, table = '']): [string, string] => [table, folder]),
  ),
);

test('the reader of sources sees a change however it is written', () => {
  for (const [source, names] of [
    ["db.insertInto('notice').values(row)", ['notice']],
    ["db\n.deleteFrom(\n'session as s')", ['session']],
    ['with gone as (delete\n  from account) select', ['account']],
    ['sql`merge into insured using given`', ['insured']],
    ['insert into email_claim as held (a) values (1) on conflict do update set a = 2', ['email_claim']],
    ['select 1 from account for update', []],
    ['// update account set', []],
    ['sql`select * from record_attempts(1)`', ['attempt']],
  ] as const)
    assert.deepEqual([...changedBy(source)], names, source);
});

test('every table has one owner, named in docs/architecture.md, and nobody else changes it', () => {
  assert.ok(tables.length > 25);
  assert.deepEqual([...owners.keys()].sort(), tables.toSorted());
  const strangers = sources.flatMap((file) =>
    [...changedBy(read(file))]
      .filter((table) => !file.startsWith(`src/${owners.get(table)}/`))
      .map((table) => `${table} (${owners.get(table)}): ${file}`),
  );
  assert.deepEqual(strangers.sort(), []);
});

test('every statement that changes something names its table where it is written', () => {
  assert.deepEqual(
    sources.filter((file) => unnamed.test(withoutComments(read(file)))),
    [],
  );
});
