import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Kysely } from 'kysely';
import { record, recording } from '#src/audit/record.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { passwordChosen, termsAccepted } from '#src/enrolment/events.ts';
import { testDatabase } from '../setting/database.ts';

const event = {
  person: Buffer.alloc(32, 7),
  actor: { kind: 'person' },
  at: new Date('2026-03-02T10:00:00Z'),
} as const;

/** Two events of one person. */
function events(db: Kysely<Database>) {
  return [
    recording(db, termsAccepted, { ...event, details: { version: '3' } }),
    recording(db, passwordChosen, event),
  ];
}

/** A change of a session that is not there. */
function changeOfNothing(db: Kysely<Database>) {
  return db.updateTable('session').set({ seen_at: event.at }).where('person_key', '=', event.person);
}

async function trail(db: Kysely<Database>): Promise<readonly string[]> {
  const rows = await db.selectFrom('audit_event').select('kind').orderBy('seq').execute();
  return rows.map(({ kind }) => kind);
}

test('writes at once are all done, in their order, and a chain of events stays whole', async (t) => {
  const { db } = await testDatabase(t);
  const writes = [...events(db), also(changeOfNothing(db))];
  assert.equal(await atOnce(db, writes), true);
  assert.deepEqual(await trail(db), ['terms-accepted', 'password-chosen']);
  const { broken } = await verifyAudit(db);
  assert.deepEqual(broken, []);
});

test('nothing at all is written when a required change finds no row, wherever it stands', async (t) => {
  const { db } = await testDatabase(t);
  const nothing = required(changeOfNothing(db));
  assert.equal(await atOnce(db, [nothing, ...events(db)]), false);
  assert.equal(await atOnce(db, [...events(db), nothing]), false);
  assert.deepEqual(await trail(db), []);
});

test('in a transaction, writes that find no row leave the connection fit for the next one', async (t) => {
  const { db } = await testDatabase(t);
  const done = await allOrNothing(db, async (trx) => {
    await record(trx, passwordChosen, event);
    return (await atOnce(trx, [required(changeOfNothing(trx))])) ? 'done' : null;
  });
  assert.equal(done, null);
  assert.deepEqual(await trail(db), []);
  assert.equal(await atOnce(db, events(db)), true);
});
