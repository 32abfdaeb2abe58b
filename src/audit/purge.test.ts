import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { auditKind } from '#src/audit/kind.ts';
import { purgeAudit } from '#src/audit/purge.ts';
import { record } from '#src/audit/record.ts';
import { beginSeal, sealHeads } from '#src/audit/seal-heads.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { verifySeals } from '#src/audit/verify-seals.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { testDatabase } from '#test/setting/database.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const on = (days: number) => new Date(start + days * day);
const [gone, holder, beginner, active] = [1, 2, 3, 4].map((byte) => Buffer.alloc(32, byte));

async function write(db: Kysely<Database>, person: Buffer | undefined, at: Date): Promise<void> {
  assert.ok(person);
  await record(db, auditKind('identity-refused'), { person, actor: { kind: 'person' }, at });
}

async function refs(db: Kysely<Database>): Promise<number[]> {
  const rows = await db
    .selectFrom('audit_event')
    .select('person_key')
    .distinct()
    .orderBy('person_key')
    .execute();
  return rows.map(({ person_key }) => person_key[0] ?? 0);
}

test('what is known of people without account goes a year after their last event, whole chains only', async (t) => {
  const { db } = await testDatabase(t);
  await beginSeal(db, keyring, on(0));
  for (const person of [gone, holder, beginner, active]) {
    await write(db, person, on(0));
    await write(db, person, on(1));
  }
  await write(db, active, on(300));
  await sql`
    insert into account (person_key, status, contact, email_key, language, route, created_at,
      pending_until, link_dead_at, last_sent_at, last_used_at)
    select ${holder}, 'active', '', '', 'fr', 'carte-vitale', d, d, d, d, d from (values (${on(1)}::timestamptz)) as v (d)`.execute(
    db,
  );
  await sql`
    insert into dossier (person_key, id, answers, step, version, created_at, updated_at)
    select ${beginner}, gen_random_uuid(), '', 'proof', 1, d, d from (values (${on(365)}::timestamptz)) as v (d)`.execute(
    db,
  );
  await sealHeads(db, keyring, on(300));
  assert.equal(await purgeAudit(db, keyring, on(365)), 0);
  assert.equal(await purgeAudit(db, keyring, on(365.5)), 0, 'once a day');
  assert.deepEqual(await refs(db), [0, 1, 2, 3, 4]);
  assert.equal(await purgeAudit(db, keyring, on(367)), 1);
  assert.deepEqual(await refs(db), [0, 2, 3, 4]);
  assert.deepEqual((await verifyAudit(db)).broken, []);
  assert.equal(await purgeAudit(db, keyring, on(700)), 1);
  assert.deepEqual(await refs(db), [0, 2, 3], 'the next one begins where the last one stopped');
  await write(db, gone, on(701));
  assert.deepEqual((await verifyAudit(db)).broken, []);
  assert.deepEqual((await verifySeals(db, keyring)).broken, [], 'what went was taken out of the seal');
  await assert.rejects(sql`delete from audit_event`.execute(db), { code: '42501' });
});

test('more people than one batch takes are all cleared', async (t) => {
  const { db } = await testDatabase(t);
  await beginSeal(db, keyring, on(0));
  await sql`
    select audit_append(sha256(int4send(i)), ${on(0)}::timestamptz, 'person', null, 'proof-refused', '{}')
    from generate_series(1, 1200) as i`.execute(db);
  assert.equal(await purgeAudit(db, keyring, on(400)), 1200);
});
