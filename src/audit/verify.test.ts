import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { auditKind } from '#src/audit/kind.ts';
import { record } from '#src/audit/record.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import type { Database } from '#src/database/tables.ts';
import { testDatabase } from '#test/setting/database.ts';
import type { TestDatabase } from '#test/setting/database-preparation.ts';

const josette = Buffer.alloc(32, 0xa1);
const marcel = Buffer.alloc(32, 0xb2);

async function write(db: Kysely<Database>, person: Buffer, minute: number): Promise<void> {
  const at = new Date(Date.UTC(2026, 10, 21, 13, minute));
  const signedIn = auditKind('signed-in').with<{ minute: number }>();
  await record(db, signedIn, { person, actor: { kind: 'person' }, at, details: { minute } });
}

/** As somebody with full rights over the database would. */
async function tamper({ asOwner }: TestDatabase, change: ReturnType<typeof sql>): Promise<void> {
  await asOwner(async (owner) => {
    await change.execute(owner);
  });
}

test('the trail tells when it was tampered with, and where', async (t) => {
  const database = await testDatabase(t);
  const { db } = database;
  assert.deepEqual(await verifyAudit(db), { events: 0, broken: [], brokenCount: 0 });
  for (let minute = 1; minute <= 4; minute += 1) {
    await write(db, josette, minute);
    await write(db, marcel, minute);
  }
  assert.deepEqual(await verifyAudit(db), { events: 8, broken: [], brokenCount: 0 });

  await assert.rejects(sql`delete from audit_event`.execute(db), { code: '42501' });
  await tamper(
    database,
    sql`update audit_event set kind = 'signed-out' where person_key = ${josette} and seq = 2`,
  );
  await tamper(database, sql`delete from audit_event where person_key = ${marcel} and seq = 3`);
  assert.deepEqual(await verifyAudit(db), {
    events: 7,
    broken: [
      { personRef: 'a1a1a1a1', seq: 2, reason: 'changed' },
      { personRef: 'b2b2b2b2', seq: 4, reason: 'missing-before' },
    ],
    brokenCount: 2,
  });

  await tamper(
    database,
    sql`update audit_event set hash = audit_hash(previous, person_key, seq, at, actor, actor_id, kind, details) where person_key = ${josette} and seq = 2`,
  );
  const { broken } = await verifyAudit(db);
  assert.deepEqual(broken[0], { personRef: 'a1a1a1a1', seq: 3, reason: 'not-linked' });
});

test('every event says who acted, and another actor shows', async (t) => {
  const database = await testDatabase(t);
  const { db } = database;
  const at = new Date('2026-11-21T13:00:00Z');
  const released = auditKind('account-released').with<{ after: number }>();
  await record(db, released, {
    person: josette,
    actor: { kind: 'agent', id: 'a7' },
    at,
    details: { after: 3 },
  });
  await record(db, auditKind('signed-out'), { person: josette, actor: { kind: 'person' }, at });
  assert.deepEqual(
    await db
      .selectFrom('audit_event')
      .select(['actor', 'actor_id', 'kind', 'details'])
      .orderBy('seq')
      .execute(),
    [
      { actor: 'agent', actor_id: 'a7', kind: 'account-released', details: { after: 3 } },
      { actor: 'person', actor_id: null, kind: 'signed-out', details: {} },
    ],
  );
  assert.deepEqual((await verifyAudit(db)).broken, []);
  for (const id of ['', 'Josette Venturi', 'a b'])
    await assert.rejects(
      record(db, released, { person: josette, actor: { kind: 'agent', id }, at, details: { after: 1 } }),
      { code: '23514' },
      id,
    );
  await tamper(database, sql`update audit_event set actor_id = 'a8' where seq = 1`);
  await tamper(database, sql`update audit_event set actor = 'system' where seq = 2`);
  assert.deepEqual(
    (await verifyAudit(db)).broken.map(({ seq, reason }) => `${seq} ${reason}`),
    ['1 changed', '2 changed'],
  );
});
