import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { linkingSubject, takingSubject } from '#src/accounts/franceconnect-link.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { UnusableFile } from '#src/files/open-file.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { paths } from '#src/paths.ts';
import { erasePerson, replayErasure } from '#src/person/erase-person.ts';
import { findPerson, readPersonQuery } from '#src/person/find-person.ts';
import { type NumberedLine, readTombstones, writeTombstones } from '#src/tombstones/file.ts';
import { allTombstones, type Tombstone } from '#src/tombstones/tombstone.ts';
import { address, ange, day, depotOf, read } from '../avis/depot.ts';
import { depositRights, familyOf, postForFile } from '../papers/setting.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { readMessages, sendOne } from '../setting/messages.ts';
import { identify, identityOf, submit } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { foundBy, order } from './operator.ts';

/** What an erasure leaves of a person, and why. */
const kept: Readonly<Record<string, string>> = {
  audit_event: 'the trail, which names nobody, says who erased what and why',
  audit_head: 'the end of that trail',
  insured: 'the register is the caisse’s: people stay insured',
  rights: 'the caisse’s as well: whom a document is for is judged by them',
  deposit: 'the ledger: what was erased is not deposited again',
  document: 'one that matters and was never seen: it goes on paper',
  document_part: 'its bytes',
  notice: 'the mail that tells of the erasure',
  tombstone: 'the erasure',
};

/** Nothing of this story is in them: they are emptied as well, or go with the account. */
const notPlayed = ['api_idempotency', 'correspondence', 'letter', 'provisional_code'];

/** In how many rows each table names a person, and a digest of all of them. */
async function rowsOf(site: TestApp, personKey: Buffer): Promise<Map<string, number>> {
  const { db } = site.services;
  const counts = new Map<string, number>();
  for (const name of await tablesOfPeople(site)) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from ${sql.table(name)} where person_key = ${personKey}`.execute(db);
    if (rows[0]?.n) counts.set(name, rows[0].n);
  }
  return counts;
}

/** But the parts of payments, and what imports of the register work with. */
async function tablesOfPeople({ services: { db } }: TestApp): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'person_key' and table_name !~ '^(payment|register)_' order by 1`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

async function linesOf(site: TestApp): Promise<string[]> {
  const { db, keyring } = site.services;
  return Array.fromAsync(writeTombstones(keyring, allTombstones(db), site.clock.now()));
}

function readBack({ services: { keyring } }: TestApp, lines: readonly string[]): Promise<Tombstone[]> {
  async function* numbered(): AsyncGenerator<NumberedLine> {
    for (const [index, text] of lines.entries()) yield { number: index + 1, text };
  }
  return Array.fromAsync(readTombstones(keyring, numbered()));
}

test('Ange asks for everything to be erased: all of it goes, he is told, and may come back', async (t) => {
  const depot = await depotOf(t);
  const { site } = depot;
  const { db, clock } = site.services;
  const visitor = await signedInVisitor(site, ange);
  await depositRights(site, ange, familyOf(ange));
  await depot.pays();
  await read(depot, await depot.sends());
  await depot.sends({ matters: false });
  const unseen = await depot.sends();
  await readMessages(site);
  await sendOne(visitor);
  assert.equal((await visitor.get(paths.accountAttestation)).status, 200);
  const paper = await postForFile(site, visitor, paths.accountAttestation, {
    beneficiaire: '1',
    sante: 'non',
  });
  assert.equal(paper.type, 'application/pdf');
  const again = new Visitor(site.app);
  await submit(again, paths.identity, identityOf(ange), paths.proof);
  const found = await foundBy(site, ange.line.nir);
  const subject = Buffer.alloc(32, 1);
  await atOnce(db, [
    required(takingSubject(db, found.personKey, subject)),
    required(linkingSubject(db, found.personKey, subject, clock.now())),
  ]);
  for (const typed of [address, `  ${address.toUpperCase()}`])
    assert.deepEqual((await foundBy(site, typed)).personKey, found.personKey);
  const { support_code: code } = await db
    .selectFrom('dossier')
    .select('support_code')
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  assert.deepEqual((await foundBy(site, code)).personKey, found.personKey);

  const before = await rowsOf(site, found.personKey);
  const unplayed = (await tablesOfPeople(site)).filter((name) => !before.has(name) && !kept[name]);
  assert.deepEqual(unplayed, notPlayed, 'a table with rows of people: does an erasure empty it?');
  const rehearsed = await erasePerson(site.services, found, { ...order, isRehearsal: true }, clock.now());
  assert.ok(rehearsed.kind === 'erased');
  assert.deepEqual(await rowsOf(site, found.personKey), before, 'a rehearsal writes nothing');

  const erased = await erasePerson(site.services, found, order, clock.now());
  assert.ok(erased.kind === 'erased');
  assert.deepEqual(erased.rows, rehearsed.rows, 'a rehearsal says exactly what happens');
  assert.deepEqual(erased.stays, { documents: 1, letters: 0 });
  const { accounts, dossiers, payments, documents, messages, attestations } = erased.rows;
  assert.deepEqual(
    { accounts, payments, documents, messages, attestations },
    { accounts: 1, payments: 1, documents: 2, messages: 1, attestations: 1 },
  );
  assert.equal(dossiers, 2);
  const left = await rowsOf(site, found.personKey);
  assert.deepEqual([...left.keys()].filter((name) => !kept[name]).sort(), []);
  assert.deepEqual(
    Object.keys(kept).filter((name) => !left.has(name)),
    [],
  );
  assert.equal(left.get('notice'), 1);
  const claims = await db.selectFrom('email_claim').selectAll().execute();
  const subjects = await db.selectFrom('franceconnect_subject').selectAll().execute();
  assert.deepEqual([claims, subjects], [[], []]);
  assert.equal((await visitor.get(paths.account)).location, paths.signIn, 'his session is dead');
  assert.equal((await again.get(paths.proof)).location, paths.identity, 'so is the enrolment');
  assert.deepEqual(await site.mails(), [{ kind: 'account-erased', content: { address } }]);
  const event = await db
    .selectFrom('audit_event')
    .select(['actor', 'actor_id', 'details'])
    .where('kind', '=', 'person-erased')
    .executeTakeFirstOrThrow();
  assert.deepEqual(event, {
    actor: 'agent',
    actor_id: 'A-12',
    details: { by: 'agent', reason: 'courrier du 3 mars' },
  });
  assert.deepEqual((await verifyAudit(db)).broken, []);

  const nothing = await erasePerson(site.services, await foundBy(site, ange.line.nir), order, clock.now());
  assert.deepEqual(nothing, { kind: 'nothing', since: clock.now() });
  const unknown = readPersonQuery(address);
  assert.equal(unknown && (await findPerson(site.services, unknown)), 'unknown', 'the address names nobody');

  await depot.post.deliverAll();
  assert.equal((await depot.told('account-erased')).length, 1);
  await depot.turn();
  assert.deepEqual(await depot.lettered(), [[unseen, 'no-account']]);
  site.clock.advance(121 * day);
  await runHousekeeping(site.services);
  assert.equal((await rowsOf(site, found.personKey)).get('document'), undefined, 'it has gone on paper');

  await openAccountOf(site, ange, address);
  const [tombstone] = await readBack(site, await linesOf(site));
  assert.ok(tombstone);
  assert.equal(await replayErasure(site.services, tombstone, false, clock.now()), 'known');
  await signedInVisitor(site, ange);
});

test('a backup from before the erasure is restored: the file of tombstones erases again, once', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, ange, address);
  const found = await foundBy(site, address);
  const erased = await erasePerson(site.services, found, order, site.clock.now());
  assert.ok(erased.kind === 'erased');
  const other = personNamed('carte-avec-photo');
  const visitor = new Visitor(site.app);
  await identify(visitor, other);
  await erasePerson(site.services, await foundBy(site, other.line.nir), order, site.clock.now());
  const lines = await linesOf(site);
  assert.equal(lines.length, 4);
  assert.equal(/ange|venturi|2690|exemple/i.test(lines.join()), false);

  const restored = await testApp(t);
  await openAccountOf(restored, ange, address);
  restored.clock.advance(day);
  const { services } = restored;
  const tombstones = await readBack(restored, lines);
  const replay = async (rehearse = false) => {
    const outcomes: string[] = [];
    for (const one of tombstones)
      outcomes.push(await replayErasure(services, one, rehearse, restored.clock.now()));
    return outcomes.sort();
  };
  assert.deepEqual(await replay(true), ['erased', 'nothing']);
  assert.equal((await rowsOf(restored, found.personKey)).get('account'), 1, 'a rehearsal');
  assert.deepEqual(await replay(), ['erased', 'nothing']);
  assert.deepEqual(await replay(), ['known', 'known']);
  const left = await rowsOf(restored, found.personKey);
  assert.deepEqual([...left.keys()].sort(), ['audit_event', 'audit_head', 'insured', 'tombstone']);
  assert.deepEqual(
    await readBack(restored, await linesOf(restored)),
    tombstones,
    'the file goes on from there',
  );

  const late = await testApp(t, '2026-03-05T09:00:00Z');
  await openAccountOf(late, ange, address);
  const outcomes: string[] = [];
  for (const one of tombstones)
    outcomes.push(await replayErasure(late.services, one, false, late.clock.now()));
  assert.deepEqual(outcomes.sort(), ['newer', 'nothing']);
  await signedInVisitor(late, ange);

  const [head = '', first = '', second = '', end = ''] = lines;
  const cheats: readonly (readonly [string, readonly string[]])[] = [
    ['line 2: it was changed', lines.toSpliced(1, 1)],
    ['line 2: it was changed', [head, second, first, end]],
    ['line 2: it was changed', lines.map((line) => line.replace(/"person":"./, '"person":"0'))],
    ['cut short', lines.slice(0, 3)],
    ['cut short', []],
    ['line 5: there is something after', [...lines, '{}']],
    ['line 1: this is no file of tombstones', ['{"format":"x"}']],
    ['line 2: this is no JSON', [head, 'x']],
    ['line 2: this is no tombstone', [head, '{}']],
  ];
  for (const [what, cheat] of cheats)
    await assert.rejects(readBack(site, cheat), (error) => {
      assert.ok(error instanceof UnusableFile && error.message.includes(what), `${what}: ${String(error)}`);
      return true;
    });
  const stranger = openKeyring(new Map([[1, Buffer.alloc(32, 8)]]));
  const foreign = { ...site, services: { ...site.services, keyring: stranger } };
  await assert.rejects(readBack(foreign, lines), UnusableFile, 'under another key');
});
