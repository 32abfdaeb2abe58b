import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readMigrations } from '#src/database/migrate.ts';
import { effectsOf } from '#src/database/plan/effects.ts';
import { faultsOf } from '#src/database/plan/rules.ts';
import { statementsOf } from '#src/database/plan/split.ts';
import { programVersion } from '#src/operations/version.ts';

/** Migrations below this number are of the first version: no database is older. */
const firstAfterFoundation = 20;

const faults = (text: string) => faultsOf({ name: '0099_tried.sql', text }, '0.3.0');

describe('a migration expands first and contracts a release later', () => {
  test('each one after the first version', () => {
    const later = readMigrations().filter(({ name }) => Number.parseInt(name, 10) >= firstAfterFoundation);
    assert.deepEqual(
      later.flatMap((migration) =>
        faultsOf(migration, programVersion()).map((fault) => `${migration.name}: ${fault}`),
      ),
      [],
    );
  });

  const refused: readonly [text: string, why: RegExp][] = [
    ['alter table account drop column language;', /still uses it/],
    ['alter table account rename column language to spoken;', /still uses it/],
    ['alter table account rename to person;', /still uses it/],
    ['alter table account alter column resends type bigint;', /still uses it/],
    ['alter table account alter column caisse_code set not null;', /still uses it/],
    ['alter table account add column spoken text not null;', /still uses it/],
    ['drop table postal_area;', /still uses it/],
    ['create index account_language on account (language);', /writes wait: build the index concurrently/],
    ['create index concurrently account_language on account (language);', /outside a transaction/],
    ['alter table notice add column a text, add constraint b check (a <> $$;$$);', /not valid/],
    ['alter table notice add column at timestamptz default clock_timestamp();', /written anew/],
    ['alter table notice add column id2 text default new_support_code();', /written anew/],
    ['alter table session add foreign key (person_key) references account;', /not valid/],
    ["update notice set state = 'queued' where true;", /in a duty/],
    ['do $$ begin drop table account; end $$;', /not known/],
    ['-- contracts: unused since 0.10.0\ndrop table postal_area;', /must be released before/],
    ['-- contracts: unused since 0.3.0\ndrop table postal_area;', /must be released before/],
  ];
  for (const [text, why] of refused)
    test(`refused: ${text.replace('\n', ' ')}`, () => {
      const found = faults(text);
      assert.equal(found.filter((fault) => why.test(fault)).length, 1, found.join('\n'));
    });

  const allowed: readonly string[] = [
    'create table beneficiary (id uuid primary key, a text not null); create index b on beneficiary (a);',
    'alter table account add column spoken text, add column at timestamptz not null default now();',
    "alter table account add column spoken text not null default 'fr; en';",
    'alter table account add constraint short check (length(language) < 9) not valid;',
    'alter table account validate constraint short;',
    'alter table account drop constraint short, alter column language drop not null;',
    '-- outside a transaction\ncreate index concurrently if not exists a on account (language);',
    '-- contracts: unused since 0.2.0\nalter table account drop column language;',
    'create or replace function f() returns text language sql as $$ select 1; drop table account $$;',
  ];
  for (const text of allowed)
    test(`allowed: ${text.replace('\n', ' ')}`, () => assert.deepEqual(faults(text), []));
});

test('statements end where they end: not in quotes, bodies or comments', () => {
  const text = `-- a; b
    create function f() returns void language plpgsql as $body$ begin perform 1; end $body$; /* ; */
    insert into t values ('a;''b', ";");`;
  assert.equal(statementsOf(text).length, 2);
});

test('all that the first version does is understood, but for what is computed', () => {
  const unknown = readMigrations().flatMap(({ text }) =>
    statementsOf(text).filter((statement) => effectsOf(statement).some(({ kind }) => kind === 'unknown')),
  );
  for (const statement of unknown) assert.match(statement, /^(do|select|with|lock|set) /i);
});
