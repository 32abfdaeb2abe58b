import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { loadModule } from 'libpg-query';
import { also, atOnce, required, requiredSelect } from '#src/database/at-once.ts';
import { noteSpread } from '#src/database/dialect.ts';
import { placements } from '#src/database/spread/placements.ts';
import { distributingSteps } from '#src/database/spread/steps.ts';
import { runCommand } from '../setting/command-line.ts';
import { needsServer, server, testDatabase } from '../setting/database.ts';
import { createServerDatabase } from '../setting/server-database.ts';
import { sentDuring } from '../setting/statements.ts';
import { brokenByTables } from '../spread/catalogue.ts';
import { aboutEverybody } from '../spread/everybody.ts';
import { ownFunctions } from '../spread/functions.ts';
import { judge, partsOf } from '../spread/judge.ts';
import { productionOn } from './production-environment.ts';

/**
 * The statements themselves are judged when a run of the tests is over, all that the product has sent (scripts/test.ts,
 * test/spread/report.ts). Here: the tables, the bodies of functions, and the judge.
 */

await loadModule();

const functions = ownFunctions();

function broken(statement: string, values: readonly (string | null)[] = []): string {
  const { faults, isEverybody } = judge(statement, functions, values);
  return [...new Set(faults.map(({ rule }) => rule)), ...(isEverybody ? ['every-shard'] : [])].join(' ');
}

test('every table can be where it is to be', async (t) => {
  const { db } = await testDatabase(t);
  assert.deepEqual(await brokenByTables(db), []);
});

test('functions that read distributed tables keep the rules', () => {
  const readers = [...functions.values()].filter(({ tables }) =>
    tables.some((table) => placements[table]?.kind === 'distributed'),
  );
  assert.deepEqual(readers.map(({ name }) => name).sort(), [
    'audit_append',
    'earlier_mail',
    'make_way',
    'open_payment_months',
    'purge_chain',
  ]);
  const sent = readers.flatMap(({ body }) =>
    body
      .split(';')
      .map(
        (one) =>
          /\b(select|insert|update|delete)\b.*/s.exec(
            one.replace(/^.*\b(return|then|begin)\b\s*\(?/s, ''),
          )?.[0] ?? '',
      )
      .filter((one) => /\b(from|into|update)\b/.test(one)),
  );
  for (const one of sent) {
    const statement = one
      .trim()
      .replace(/^(select .*?) into [\w, ]+ (from)/s, '$1 $2')
      // Of what a function returns, the bracket around it.
      .replace(/^(select[^()]*(?:\([^()]*\)[^()]*)*)\)$/s, '$1');
    assert.equal(broken(statement), '', statement);
  }
  assert.ok(sent.length > 10, String(sent.length));
});

test('the judge sees what Citus refuses', () => {
  const cases: readonly (readonly [statement: string, rules: string])[] = [
    ['select 1 from account where person_key = $1', ''],
    ['select 1 from account a join dossier d on d.person_key = a.person_key where a.person_key = $1', ''],
    ['select 1 from account a left join dossier d using (person_key) where a.person_key = $1', ''],
    [
      'select 1 from session s left join account a on a.person_key = s.person_key and s.person_key = $1',
      'every-shard',
    ],
    ['select 1 from session where token_hash = $1', 'every-shard'],
    ['select 1 from account where person_key = any($1::bytea[])', ''],
    ['select 1 from account where person_key = any($1::bytea[]) for update', 'locks-many'],
    ['select 1 from account where person_key in ($1) for update', 'locks-many'],
    ['declare all_of_them cursor for select 1 from account', 'every-shard'],
    [
      'select s.state, n.count from unnest($1::text[]) as s (state) cross join lateral (select count(*) from notice where state = s.state) as n',
      'correlated every-shard',
    ],
    [
      'select count(*), (select count(*) from insured) as known from register_staged',
      'beside-aggregate every-shard',
    ],
    [
      'select h.seq, (select max(seq) from audit_event e where e.person_key = h.person_key) from audit_head h limit 5',
      'every-shard',
    ],
    ['select count(*) from (select from notice where state = $1 limit 5) as found', 'no-columns every-shard'],
    [
      'select 1 from insured i where not exists (select 1 from register_staged s where s.person_key = i.person_key)',
      'every-shard',
    ],
    [
      'update notice set content = null where created_at < $1::timestamptz - make_interval(hours => tries)',
      'time-zone every-shard',
    ],
    ["delete from notice where created_at + interval '1 day' < $1", 'time-zone every-shard'],
    ['update notice set content = null where created_at < $1::timestamptz', 'every-shard'],
    [
      'insert into email_claim (email_key, person_key) select * from unnest($1::bytea[], $2::bytea[]) on conflict (email_key) do update set claimed_at = $3',
      'conflict-with-value',
    ],
    [
      'insert into email_claim (email_key, person_key) values ($1, $2) on conflict (email_key) do update set claimed_at = $3',
      '',
    ],
    [
      "update account set left_since = $1 where person_key in (select person_key from register_moved where what = 'left')",
      'every-shard',
    ],
    [
      'update account set left_since = $1 where person_key in (select person_key from email_claim)',
      'two-keys changes-many-by-join every-shard',
    ],
    ['select 1 from account where status = $1 limit 5 for update skip locked', 'locks-many every-shard'],
    ['select 1 from account where person_key = $1 for update', ''],
    ['select 1 from account a, email_claim e where a.person_key = $1 and e.email_key = $2', 'two-keys'],
    ['select 1 from notice n join pgboss.job j on true where n.person_key = $1', 'local-and-spread'],
    [
      'select 1 from account a join caisse c on c.code = a.caisse_code where a.person_key = $1',
      'copied-and-spread',
    ],
    ['select 1 from account a, dossier d where a.status = $1', 'key-not-joined every-shard'],
    ['select 1 from account a join dossier d using (person_key) where a.status = $1', 'every-shard'],
    ['update account set person_key = $1 where person_key = $2', 'changes-key'],
    [
      'update account a set status = $1 from unnest($2::bytea[]) k (k) where a.person_key = k.k',
      'changes-many-by-join every-shard',
    ],
    ['update account set created_at = clock_timestamp() where person_key = $1', 'unsafe-function'],
    [
      'with gone as (delete from session where person_key = $1 returning 1) select 1 from gone',
      'writes-in-with',
    ],
    [
      'insert into email_claim (email_key, person_key) select email_key, person_key from account where person_key = $1',
      'two-keys insert-select every-shard',
    ],
    [
      'insert into account (person_key) values ($1) on conflict (email_key) do nothing',
      'conflict-without-key',
    ],
    ['insert into account (person_key) values ($1) on conflict (person_key) do nothing', ''],
    ['select audit_append($1, $2, $3, $4, $5, $6)', ''],
    [
      'select audit_append(person_key, $1, $2, $3, $4, $5) from account where person_key = $6',
      'function-reads-rows',
    ],
    ['select * from record_attempts($1, $2, $3), account where person_key = $4', 'local-and-spread'],
    [
      'select 1 from account a where a.person_key = $1 and exists (select 1 from dossier d where d.person_key = a.person_key)',
      'every-shard',
    ],
    ['with recursive t as (select person_key from account where person_key = $1) select 1 from t', ''],
    ['select 1 from nowhere', 'unknown-table'],
    ['selec 1', 'unreadable'],
  ];
  for (const [statement, rules] of cases) assert.equal(broken(statement), rules, statement);
  const two = 'select 1 from account a, dossier d where a.person_key = $1 and d.person_key = $2';
  assert.equal(broken(two, ['aa', 'bb']), 'two-values');
  assert.equal(broken(two, ['aa', 'aa']), '');
});

test('where tables are distributed, what is written at once is a transaction of single statements', async (t) => {
  const { db } = await testDatabase(t);
  noteSpread(db, true);
  t.after(() => noteSpread(db, false));
  const now = new Date('2026-03-02T10:00:00Z');
  const mailbox = Buffer.alloc(32, 1);
  const refusing = db.insertInto('reminder_refusal').values({ recipient_key: mailbox, at: now });
  const forgetting = db.deleteFrom('reminder_refusal').where('recipient_key', '=', mailbox);
  const nobody = sql`select 1 where false`;
  const nothing = requiredSelect({ compile: () => nobody.compile(db) });
  assert.equal(await atOnce(db, [also(refusing), nothing]), false);
  assert.equal((await db.selectFrom('reminder_refusal').selectAll().execute()).length, 0);
  const sent = await sentDuring(() => atOnce(db, [required(refusing), also(forgetting)]));
  assert.deepEqual(
    sent.map((text) => text.slice(0, 11)),
    ['begin', 'insert into', 'delete from', 'commit'],
  );
});

test('the parts of what is written at once are judged one by one', () => {
  const parts = partsOf(
    'with w0 as (delete from a returning 1), w1 as (select b) select require_change((select count(*) from w0)), (select count(*) from w1)',
  );
  assert.deepEqual(parts, ['delete from a', 'select b']);
});

test('only duties and commands are about everybody', () => {
  const pages = Object.keys(aboutEverybody).filter((file) => /pages?\.ts$/.test(file));
  assert.deepEqual(pages, []);
});

test('the command refuses a database without Citus, and says what it would run', needsServer, async (t) => {
  assert.ok(server);
  const { url, ownerUrl, drop } = await createServerDatabase(server, 'bare');
  t.after(drop);
  assert.ok(url);
  const env = productionOn(ownerUrl);
  const refused = await runCommand(['migrate', '--distribute', 'citus'], env);
  assert.equal(refused.code, 4, refused.err);
  assert.match(refused.err, /extension citus is not in this database: .*create extension citus/);
  const rehearsed = await runCommand(['migrate', '--distribute', 'citus', '--dry-run'], env);
  assert.equal(rehearsed.code, 0, rehearsed.err);
  const lines = rehearsed.out.split('\n');
  assert.ok(lines.includes("select create_reference_table('caisse');"));
  const at = (table: string) =>
    lines.findIndex((line) => line.includes(`create_distributed_table('${table}'`));
  assert.ok(at('account') < at('credential') && at('document') < at('document_part'));
  assert.equal(
    lines[at('notice')],
    "select create_distributed_table('notice', 'person_key', colocate_with => 'account');",
  );
  assert.equal((await runCommand(['migrate', '--distribute', 'oracle'], env)).code, 2);
  const none = distributingSteps(new Set(Object.keys(placements)));
  assert.deepEqual(none, [], 'repeated, it has nothing left to do');
});
