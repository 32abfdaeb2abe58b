import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { auditKind } from '#src/audit/kind.ts';
import { record } from '#src/audit/record.ts';
import { beginSeal, sealHeads } from '#src/audit/seal-heads.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { verifySeals } from '#src/audit/verify-seals.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { testDatabase } from '#test/setting/database.ts';

const first = Buffer.alloc(32, 7);
const keyring = openKeyring(new Map([[1, first]]));
const people = [0xa1, 0xb2, 0xc3].map((byte) => Buffer.alloc(32, byte));
const [josette = Buffer.alloc(0), marcel = Buffer.alloc(0)] = people;
const at = new Date('2026-11-21T13:00:00Z');

/** Three people with four events each, vouched for, then one event more that is not yet. */
async function sealedTrail(t: TestContext) {
  const database = await testDatabase(t);
  const { db } = database;
  const write = (person: Buffer) =>
    record(db, auditKind('signed-in'), { person, actor: { kind: 'person' }, at });
  await beginSeal(db, keyring, at);
  for (let round = 0; round < 4; round += 1) {
    for (const person of people) await write(person);
    if (round === 1) await sealHeads(db, keyring, at);
  }
  assert.deepEqual(await sealHeads(db, keyring, at), { sealed: 3, broken: 0 });
  await write(josette);
  const found = async () => {
    const chains = await verifyAudit(db);
    const seals = await verifySeals(db, keyring);
    return [
      ...chains.broken.map(({ personRef, reason }) => `${personRef} ${reason}`),
      ...seals.broken.map(({ person, reason }) => `${person} ${reason}`),
    ];
  };
  /** As somebody who owns the database would, whatever stands in the way. */
  const tamper = (...changes: RawBuilder<unknown>[]) =>
    database.asOwner(async (owner) => {
      await sql`alter table audit_event disable trigger user`.execute(owner);
      for (const change of changes) await change.execute(owner);
      await sql`alter table audit_event enable trigger user`.execute(owner);
    });
  return { ...database, write, found, tamper };
}

/** The events of one person as if nothing had been there before, with right hashes. */
const rewrite = (person: Buffer) => sql`
  with recursive chain as (
    select seq, audit_hash(''::bytea, person_key, seq, at, actor, actor_id, 'signed-out', details) as hash, ''::bytea as previous
    from audit_event where person_key = ${person} and seq = 1
    union all
    select e.seq, audit_hash(chain.hash, e.person_key, e.seq, e.at, e.actor, e.actor_id, 'signed-out', e.details), chain.hash
    from audit_event e join chain on e.person_key = ${person} and e.seq = chain.seq + 1
  )
  update audit_event e set kind = 'signed-out', hash = chain.hash, previous = chain.previous
  from chain where e.person_key = ${person} and e.seq = chain.seq`;
const endAt = (person: Buffer) => sql`
  update audit_head h set seq = e.seq, hash = e.hash from audit_event e
  where h.person_key = ${person} and e.person_key = ${person}
    and e.seq = (select max(seq) from audit_event where person_key = ${person})`;

test('what is vouched for and whole is found so, and what is not yet sealed is counted', async (t) => {
  const { db, found } = await sealedTrail(t);
  assert.deepEqual(await found(), []);
  const { total, unsealed } = await verifySeals(db, keyring);
  assert.deepEqual([total.chains, total.events, unsealed], [3, 12, 1]);
  assert.deepEqual(await sealHeads(db, keyring, at), { sealed: 1, broken: 0 });
  const later = await verifySeals(db, keyring);
  assert.equal(later.total.events, 13);
  assert.ok(later.total.number > total.number);
});

test('after another key the older seals still hold, and new ones go on from them', async (t) => {
  const { db } = await sealedTrail(t);
  const both = openKeyring(
    new Map([
      [2, Buffer.alloc(32, 8)],
      [1, first],
    ]),
  );
  assert.deepEqual((await verifySeals(db, both)).broken, []);
  assert.deepEqual(await sealHeads(db, both, at), { sealed: 1, broken: 0 });
  assert.deepEqual((await verifySeals(db, both)).broken, []);
});

const attacks: [string, RawBuilder<unknown>[], string[]][] = [
  [
    'the end of a chain',
    [sql`delete from audit_event where person_key = ${marcel} and seq > 2`],
    ['b2b2b2b2 end-missing', 'b2b2b2b2 cut-or-rewritten'],
  ],
  [
    'the end of a chain, and its head moved',
    [sql`delete from audit_event where person_key = ${marcel} and seq > 2`, endAt(marcel)],
    ['b2b2b2b2 cut-or-rewritten'],
  ],
  [
    'the end of a chain, and what was vouched for',
    [
      sql`delete from audit_event where person_key = ${marcel} and seq > 2`,
      endAt(marcel),
      sql`update audit_head set sealed_seq = null, sealed_hash = null, mac = null where person_key = ${marcel}`,
    ],
    ['null chains-missing'],
  ],
  [
    'a whole chain',
    [
      sql`delete from audit_event where person_key = ${marcel}`,
      sql`delete from audit_head where person_key = ${marcel}`,
    ],
    ['null chains-missing'],
  ],
  [
    'a whole chain without its head',
    [sql`delete from audit_event where person_key = ${marcel}`],
    ['b2b2b2b2 end-missing', 'b2b2b2b2 cut-or-rewritten'],
  ],
  ['a chain written anew', [rewrite(marcel), endAt(marcel)], ['b2b2b2b2 cut-or-rewritten']],
  [
    'a seal of somebody else’s chain',
    [
      sql`update audit_head h set sealed_seq = o.sealed_seq, sealed_hash = o.sealed_hash, mac = o.mac
        from audit_head o where h.person_key = ${marcel} and o.person_key = ${josette}`,
    ],
    ['b2b2b2b2 forged', 'null chains-missing'],
  ],
  ['the total', [sql`delete from audit_seal`], ['null total-missing']],
  [
    'a total of somebody’s own',
    [sql`update audit_seal set sealed = sealed || '\\x00'`],
    ['null total-forged'],
  ],
  [
    'everything, and begun anew',
    [sql`delete from audit_event`, sql`delete from audit_head`],
    ['null chains-missing'],
  ],
];
for (const [what, changes, expected] of attacks)
  test(`who owns the database and takes away or changes ${what} is found out, and nothing is vouched for after`, async (t) => {
    const { db, found, tamper, write } = await sealedTrail(t);
    await tamper(...changes);
    assert.deepEqual(await found(), expected);
    await write(marcel).catch(() => {});
    await sealHeads(db, keyring, at).catch(() => {});
    const after = await found();
    assert.ok(after.length > 0, 'new events do not cover it');
  });

test('the role that serves clears only what is old, and a chain that it cut shows', async (t) => {
  const { db } = await sealedTrail(t);
  const refused = { code: '42501' };
  await assert.rejects(sql`delete from audit_head`.execute(db), refused);
  await assert.rejects(sql`update audit_event set kind = 'other'`.execute(db), refused);
  await assert.rejects(sql`delete from audit_seal`.execute(db), refused);
  await sql`set compte.audit_purge = 'on'`.execute(db);
  await assert.rejects(sql`delete from audit_event`.execute(db), refused);
  await sql`
    select gone.* from audit_head h cross join lateral purge_chain(h.person_key, 'infinity') as gone`.execute(
    db,
  );
  const seals = await verifySeals(db, keyring);
  assert.deepEqual(seals.broken, [{ person: null, reason: 'chains-missing' }], 'without the key it shows');
});
