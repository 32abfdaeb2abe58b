import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { sealHeads } from '#src/audit/seal-heads.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { verifySeals } from '#src/audit/verify-seals.ts';
import { fingerprintWith, type Keyring, openKeyring } from '#src/crypto/keyring.ts';
import { people, personNamed } from '#src/fictitious/people.ts';
import { resealAll, sealedColumns } from '#src/installation/reseal.ts';
import { tablesOfPeople } from '#src/installation/retire/move-people.ts';
import { retireKey } from '#src/installation/retire/retire-key.ts';
import { paths } from '#src/paths.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { openAccountOf, signIn } from './setting/account.ts';
import { type TestApp, testApp } from './setting/application.ts';
import { identify, identityOf, proofOf } from './steps.ts';
import { Visitor } from './visitor.ts';

const holder = personNamed('venturi');
const newcomer = personNamed('carte-avec-photo');
const [first, second] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
const keys = { 1: first, 2: second };

function ring(...numbers: readonly (1 | 2)[]): Keyring {
  return openKeyring(new Map(numbers.map((number) => [number, keys[number]])));
}

/** What a visitor asks of a node: every answer is what it always is, and none an error of ours. */
async function visit(node: FastifyInstance, index = 0): Promise<void> {
  const visitor = new Visitor(node);
  assert.equal((await visitor.get(paths.home)).status, 200);
  const signedIn = new Visitor(node);
  assert.equal((await signIn(signedIn, holder.line.nir)).location, paths.account);
  assert.equal((await signedIn.get(paths.account)).status, 200);
  const known = new Visitor(node);
  await known.get(paths.identity);
  assert.equal((await known.post(paths.identity, identityOf(newcomer))).location, paths.proof);
  await known.get(paths.proof);
  assert.equal((await known.post(paths.proof, proofOf(newcomer))).location, paths.terms);
  const stranger = new Visitor(node);
  await stranger.get(paths.identity);
  const answer = await stranger.post(paths.identity, {
    ...identityOf(people[index % people.length] ?? newcomer),
    nom: 'Personne',
  });
  assert.ok(answer.status < 500, `${answer.status}`);
}

async function running(t: TestContext): Promise<TestApp> {
  const site = await testApp(t);
  await openAccountOf(site, holder, 'venturi@exemple.fr');
  await identify(new Visitor(site.app), newcomer);
  await sealHeads(site.services.db, ring(1), site.clock.now());
  return site;
}

/** Where anything of the first key is left, of anybody in the register or of a sealed value. */
async function leftovers({ services: { db } }: TestApp): Promise<string[]> {
  const names = people.map(({ line }) => fingerprintWith(ring(1), 1, 'person', line.nir));
  const found: string[] = [];
  for (const table of [...tablesOfPeople, 'audit_event', 'audit_head']) {
    const { rows } = await sql`
      select from ${sql.table(table)} where person_key = any(${names}::bytea[])`.execute(db);
    if (rows.length > 0) found.push(table);
  }
  const sealed = [
    ...sealedColumns,
    { table: 'audit_head', column: 'mac' },
    { table: 'audit_seal', column: 'sealed' },
  ];
  for (const { table, column } of sealed) {
    const { rows } = await sql`
      select from ${sql.table(table)} where substring(${sql.ref(column)} from 1 for 4) = int4send(1)`.execute(
      db,
    );
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  const mailbox = fingerprintWith(ring(1), 1, 'email', 'venturi@exemple.fr');
  const claims = await db
    .selectFrom('email_claim')
    .select('email_key')
    .where('email_key', '=', mailbox)
    .execute();
  return claims.length > 0 ? [...found, 'email_claim'] : found;
}

test('a new key comes, and a compromised one goes, on two nodes that never stop serving', async (t) => {
  const site = await running(t);
  const { services, clock } = site;
  const steps: readonly (readonly [(1 | 2)[], (1 | 2)[]])[] = [
    [[1], [1]],
    [[1, 2], [1]],
    [
      [1, 2],
      [1, 2],
    ],
    [
      [2, 1],
      [1, 2],
    ],
    [
      [2, 1],
      [2, 1],
    ],
  ];
  let visits = 0;
  for (const [here, there] of steps)
    for (const numbers of [here, there]) {
      await visit(await site.another(ring(...numbers)), visits++);
      clock.advance(1_000);
    }

  const both = ring(2, 1);
  const nodes = [await site.another(both), await site.another(both)];
  await resealAll(services.db, both);
  const retiring = { keyring: both, version: 1, now: clock.now(), onProgress: () => {} };
  const asOwner = (closeProofs: boolean) =>
    site.asOwner((owner) => retireKey(owner, { ...retiring, now: clock.now() }, { closeProofs }));
  const early = await asOwner(false);
  assert.match(early.kind === 'refused' ? early.explanation : '', /import the register first/);
  const served = await retireKey(services.db, retiring, { closeProofs: false });
  assert.match(served.kind === 'refused' ? served.explanation : '', /only the owner/);
  await importPeople(
    services.db,
    both,
    people.map(({ line }) => line),
    { now: clock.now(), uuid: crypto.randomUUID() },
  );
  for (const node of nodes) await visit(node, visits++);
  const retired = await asOwner(false);
  assert.equal(retired.kind, 'retired', JSON.stringify(retired));
  for (const node of nodes) await visit(node, visits++);
  assert.equal((await asOwner(false)).kind, 'retired', 'what was written meanwhile follows');
  assert.deepEqual(await leftovers(site), []);

  const only = ring(2);
  for (const node of [await site.another(only), await site.another(only)]) await visit(node, visits++);
  assert.deepEqual((await verifyAudit(services.db)).broken, []);
  assert.deepEqual((await verifySeals(services.db, only)).broken, []);
  const accounts = await services.db.selectFrom('account').select('status').execute();
  assert.equal(accounts.length, 1);
  const insured = await services.db.selectFrom('insured').select('person_key').execute();
  assert.equal(insured.length, people.length, 'nobody is there twice, nobody is lost');
});

test('every table that names people is moved, ended, or the trail’s', async (t) => {
  const site = await testApp(t);
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_attribute join pg_class on pg_class.oid = attrelid
    where attname = 'person_key' and relkind in ('r', 'p') and not relispartition
      and relnamespace = 'public'::regnamespace
    order by relname`.execute(site.services.db);
  assert.deepEqual(
    rows.map(({ name }) => name),
    // What is staged of a file is of no use under another key: the next import reads the file again.
    [...tablesOfPeople, 'audit_event', 'audit_head', 'register_staged', 'register_moved'].sort(),
  );
});
