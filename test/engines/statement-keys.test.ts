import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { deposit } from '#src/depot/deposit.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { paths } from '#src/paths.ts';
import { identityJson, Program } from '../api/program.ts';
import { arriveWithoutCard, ask, codeSent, enter } from '../codes/channels.ts';
import { caisse, consultation, paymentItem } from '../depot/senders.ts';
import { openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { sentDuring } from '../setting/statements.ts';
import { Visitor } from '../visitor.ts';

/** What a distributed database would place the rows by, where it is not the person. */
const otherKeys: Readonly<Record<string, string>> = {
  email_claim: 'address',
  franceconnect_subject: 'subject of FranceConnect',
  reminder_refusal: 'mailbox',
  attempt: 'subject of a counter',
  request_count: 'client',
  oidc_transaction: 'journey to the provider',
  oidc_browser: 'browser',
};

/** Statements about many people at once. None of them locks rows of many people for what a page waits for. */
const acrossPeople: readonly { readonly sent: RegExp; readonly reason: string }[] = [
  { sent: /^delete from "?\w+"? where [^;]*(<|<=) \$\d+$/, reason: 'a duty deletes what is past its date' },
  {
    sent: /^with old as \( select .* limit \$\d+ \), gone as \( delete from \w+ \w using old /,
    reason: 'a duty deletes a bounded number of rows past their date',
  },
  { sent: /^update "notice" set "content" = \$1 where/, reason: 'a duty empties notices past their date' },
  { sent: /^select (?!.* for update).* limit \$\d+$/, reason: 'a duty selects the keys of a bounded number' },
  { sent: /^select .*\bcount\(\*\)/, reason: 'counted for metrics, each up to a limit' },
  { sent: /\baudit_head\b/, reason: 'the seal goes over the ends of all chains, bounded' },
  {
    sent: /^select [a-z_, ]* from deposit join unnest\(/,
    reason: 'the places in the ledger of the deposits of a batch',
  },
  { sent: /^select \* from "notice" order by "created_at", "id"$/, reason: 'the test reads its own mails' },
  {
    sent: /from notice where recipient_key = \$1/,
    reason: 'mails to one mailbox count whatever person they are about',
  },
];

/** The writes of `atOnce`: none depends on another, so that each is placed by itself. Any other statement is whole. */
function partsOf(statement: string): readonly string[] {
  const [, writes] = /^with w0 as \((.*) returning 1\) select /.exec(statement) ?? [];
  return writes?.split(/ returning 1\), w\d+ as \(/) ?? [statement];
}

/** The key that the rows of each table are placed by; null for what is small, about nobody, and on every node. */
async function keysOfTables({ services }: TestApp): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ name: string; person: boolean }>`
    select table_name as name, bool_or(column_name = 'person_key') as person
    from information_schema.columns where table_schema = 'public' group by 1`.execute(services.db);
  return new Map(rows.map(({ name, person }) => [name, otherKeys[name] ?? (person ? 'person' : null)]));
}

/** The keys of all tables that a statement names. */
function keysOf(statement: string, tables: ReadonlyMap<string, string | null>): Set<string> {
  const named = statement.matchAll(/\b(?:from|join|into|update|using)\s+(?:only\s+)?"?(\w+)"?(?:\.(\w+))?/gi);
  const keys = [...named].map(([, first = '', second]) =>
    first === 'pgboss' && second ? 'jobs' : tables.get(first),
  );
  return new Set(keys.filter((key) => typeof key === 'string'));
}

/** Whether a statement says whose rows it reads or writes: those of one person, under each of their keys. */
function namesOnePerson(statement: string): boolean {
  return (
    /person_key"? (= \$|= any\(\$|in \(\$)/.test(statement) ||
    /insert into "?\w+"? (as \w+ )?\([^)]*\bperson_key\b[^)]*\) (values|select) [($]/.test(statement)
  );
}

const consultationOf = (nir: string) => paymentItem(nir, 'P-1', consultation('2026-02-27'));

test('a statement reads and writes by one key, and of one person', async (t) => {
  const site = await testApp(t);
  const tables = await keysOfTables(site);
  const sent = await sentDuring(async () => {
    const holder = personNamed('venturi');
    await openAccountOf(site, holder, 'venturi@exemple.fr');
    const owner = await signedInVisitor(site, holder);
    await owner.get(paths.account);
    await signIn(new Visitor(site.app), holder.line.nir, 'faux');
    const other = personNamed('sans-iban');
    const visitor = new Visitor(site.app);
    await arriveWithoutCard(visitor, other);
    await ask(visitor, 'courriel');
    await enter(visitor, other, await codeSent(site, 'courriel'));
    await new Program(site.app).ask('POST', '/dossiers', identityJson(personNamed('loire')));
    await openDepositMonths(site.services, site.clock.now());
    await deposit(site.services, caisse, consultationOf(holder.line.nir), site.clock.now());
    for (const days of [0, 8, 20, 400]) {
      site.clock.advance(days * 86_400_000);
      await runHousekeeping(site.services);
    }
  });
  const considered = [...new Set(sent.flatMap(partsOf))];
  const several = considered.filter((statement) => keysOf(statement, tables).size > 1);
  assert.deepEqual(several, [], 'two keys in one statement');
  const unbound = considered.filter(
    (statement) =>
      keysOf(statement, tables).has('person') &&
      !namesOnePerson(statement) &&
      !acrossPeople.some((allowed) => allowed.sent.test(statement)),
  );
  assert.deepEqual(unbound, [], 'many people in one statement');
  assert.ok(considered.length > 60, String(considered.length));
});

test('the reader of statements sees their tables and their person', () => {
  const parts = partsOf(
    'with w0 as (delete from a returning 1), w1 as (select b returning 1) select require_change(1)',
  );
  assert.deepEqual(parts, ['delete from a', 'select b']);
  const tables = new Map([
    ['account', 'person'],
    ['email_claim', 'address'],
    ['caisse', null],
  ]);
  const keys = (statement: string) => [...keysOf(statement, tables)];
  assert.deepEqual(keys('select 1 from "account" join caisse on true'), ['person']);
  assert.deepEqual(keys('with a as (delete from account returning 1) delete from email_claim using a'), [
    'person',
    'address',
  ]);
  assert.deepEqual(keys('insert into pgboss.job (id) select 1 from account'), ['jobs', 'person']);
  assert.equal(namesOnePerson('update account set a = $1 where "person_key" = $2'), true);
  assert.equal(namesOnePerson('update account set a = $1 where status = $2'), false);
  assert.equal(namesOnePerson('insert into audit_event (person_key, at) select $1::bytea, $2'), true);
});
