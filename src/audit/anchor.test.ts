import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { type AnchoredHead, readAnchor, readHeads, writeAnchor } from '#src/audit/anchor.ts';
import { exportEvents } from '#src/audit/export-events.ts';
import { auditKind } from '#src/audit/kind.ts';
import { record } from '#src/audit/record.ts';
import { beginSeal, sealHeads } from '#src/audit/seal-heads.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { verifyAnchor } from '#src/audit/verify-anchor.ts';
import { verifySeals } from '#src/audit/verify-seals.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { UnusableFile } from '#src/files/open-file.ts';
import { testDatabase } from '#test/setting/database.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
const [josette, marcel, lise] = [0xa1, 0xb2, 0xc3].map((byte) => Buffer.alloc(32, byte));
assert.ok(josette && marcel && lise);
const minute = (count: number) => new Date(Date.UTC(2026, 10, 21, 13, count));
const now = minute(60);

async function write(db: Kysely<Database>, person: Buffer, count: number): Promise<void> {
  const signedIn = auditKind('signed-in').with<{ minute: number; reason: string }>();
  const details = { minute: count, reason: 'écrit «ici»' };
  await record(db, signedIn, { person, actor: { kind: 'agent', id: 'A-12' }, at: minute(count), details });
}

async function* numbered(lines: readonly string[]) {
  for (const [index, text] of lines.entries()) yield { number: index + 1, text };
}

async function headsIn(lines: readonly string[]): Promise<readonly AnchoredHead[]> {
  const parts = await Array.fromAsync(readAnchor(keyring, numbered(lines)));
  return parts.flatMap((part) => ('personKey' in part ? [part] : []));
}

test('exported events can be verified by who has nothing but them', async (t) => {
  const { db } = await testDatabase(t);
  for (let count = 0; count < 6; count += 1) await write(db, count % 2 ? josette : marcel, count);
  const events = await Array.fromAsync(exportEvents(db, minute(0), minute(6)));
  assert.deepEqual(
    events.map(({ at }) => at),
    [0, 1, 2, 3, 4, 5].map((count) => minute(count).toISOString()),
  );
  const ends = new Map<string, string>();
  for (const event of events) {
    const { person, seq, previous, hash, hashed, kind, details, actorId } = JSON.parse(JSON.stringify(event));
    const bytes = [Buffer.from(previous, 'hex'), Buffer.from(person, 'hex'), Buffer.from(hashed)];
    assert.equal(createHash('sha256').update(Buffer.concat(bytes)).digest('hex'), hash);
    assert.equal(previous, ends.get(person) ?? '');
    ends.set(person, hash);
    assert.deepEqual([actorId, details.reason], ['A-12', 'écrit «ici»']);
    assert.match(hashed, new RegExp(`^${seq} 2026-11-21T13:0\\d:00\\.000000 agent:A-12 ${kind} \\{`));
  }
  assert.equal((await Array.fromAsync(exportEvents(db, minute(2), minute(4)))).length, 2);
});

test('an anchor kept elsewhere shows a cut end, a rewritten chain, a chain that is gone', async (t) => {
  const { db, asOwner } = await testDatabase(t);
  await beginSeal(db, keyring, now);
  for (const person of [josette, marcel, lise]) for (const count of [1, 2, 3]) await write(db, person, count);
  await sealHeads(db, keyring, now);
  const heading = { at: now, seal: 1 };
  const lines = await Array.fromAsync(writeAnchor(keyring, heading, readHeads(db, null)));
  assert.equal(lines.length, 5);
  const anchored = await headsIn(lines);
  const found = async (at = now) =>
    verifyAnchor(
      db,
      heading.at,
      (async function* () {
        yield* anchored;
      })(),
      at,
    );
  assert.deepEqual(await found(), { chains: 3, broken: [], brokenCount: 0, purged: 0, recordedPurged: 0 });
  await write(db, josette, 4);
  assert.deepEqual((await found()).broken, [], 'chains go on');
  const since = await Array.fromAsync(readHeads(db, minute(4)));
  assert.deepEqual(
    since.map(({ personKey, seq }) => [personKey, seq]),
    [[josette, 4]],
  );

  await asOwner(async (owner) => {
    await sql`delete from audit_event where person_key = ${marcel} and seq = 3`.execute(owner);
    await sql`update audit_head set seq = 2, hash = (select hash from audit_event where person_key = ${marcel} and seq = 2),
      sealed_seq = null, sealed_hash = null, mac = null where person_key = ${marcel}`.execute(owner);
    await sql`update audit_event set kind = 'signed-out' where person_key = ${josette} and seq = 1`.execute(
      owner,
    );
    for (const seq of [1, 2, 3, 4])
      await sql`
        update audit_event e set previous = coalesce((select hash from audit_event b where b.person_key = e.person_key and b.seq = e.seq - 1), ''),
          hash = audit_hash(coalesce((select hash from audit_event b where b.person_key = e.person_key and b.seq = e.seq - 1), ''),
            person_key, seq, at, actor, actor_id, kind, details)
        where person_key = ${josette} and seq = ${seq}`.execute(owner);
    await sql`update audit_head set hash = (select hash from audit_event where person_key = ${josette} and seq = 4),
      sealed_seq = null, sealed_hash = null, mac = null where person_key = ${josette}`.execute(owner);
    await sql`delete from audit_head where person_key = ${lise}`.execute(owner);
    await sql`delete from audit_event where person_key = ${lise}`.execute(owner);
  });
  assert.deepEqual(
    (await verifyAudit(db)).broken,
    [],
    'the owner of the database can make chains that look whole',
  );
  assert.ok((await verifySeals(db, keyring)).brokenCount > 0, 'but not the seal');
  assert.deepEqual((await found()).broken, [
    { person: 'a1a1a1a1', seq: 3, reason: 'another-event' },
    { person: 'b2b2b2b2', seq: 3, reason: 'event-missing' },
    { person: 'c3c3c3c3', seq: 3, reason: 'chain-missing' },
  ]);
  const later = await found(new Date(now.getTime() + 370 * 86_400_000));
  assert.deepEqual(
    [later.brokenCount, later.purged, later.recordedPurged],
    [2, 1, 0],
    'no purge recorded it',
  );

  const [head = '', first = '', ...rest] = lines;
  for (const [what, cheat] of [
    ['line 4: the anchor was changed', [head, ...rest]],
    ['line 5: the anchor was changed', [head, first.replace('"seq":3', '"seq":2'), ...rest]],
    ['cut short', lines.slice(0, 3)],
    ['line 6: there is something after', [...lines, '{}']],
    ['line 1: this is no anchor', ['{}']],
    ['line 2: this is no JSON', [head, '<']],
    ['line 2: this is no end of a chain', [head, '{}']],
  ] as const)
    await assert.rejects(headsIn(cheat), (error) => {
      assert.ok(error instanceof UnusableFile && error.message.includes(what), `${what}: ${String(error)}`);
      return true;
    });
});
