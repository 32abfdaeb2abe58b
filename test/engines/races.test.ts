import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditKind } from '#src/audit/kind.ts';
import { record } from '#src/audit/record.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { pendingMigrations } from '#src/database/migrate.ts';
import type { OpenDatabase } from '#src/database/open.ts';
import { prepareDatabase } from '#src/installation/prepare.ts';
import { recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import { type Closing, needsServer, server, testDatabase } from '../setting/database.ts';
import { roles } from '../setting/database-preparation.ts';
import { untilWaiting } from '../setting/locks.ts';
import { createServerDatabase, openPatiently } from '../setting/server-database.ts';

const person = Buffer.alloc(32, 0xa1);
const at = new Date('2026-03-02T09:00:00Z');

/** Two pools on one database, as two nodes have; the embedded engine only ever has one. */
async function twoNodes(t: Closing): Promise<readonly [OpenDatabase, OpenDatabase]> {
  if (!server) {
    const only = await testDatabase(t);
    return [only, only];
  }
  const { url, drop } = await createServerDatabase(server, 'bare');
  const nodes = [openPatiently(url, 10), openPatiently(url, 10)] as const;
  t.after(async () => {
    for (const node of nodes) await node.close();
    await drop();
  });
  return nodes;
}

/** Fifty at once, each node its half. */
function fiftyTimes<T>(
  [here, there]: readonly [OpenDatabase, OpenDatabase],
  run: (database: OpenDatabase, index: number) => Promise<T>,
): Promise<PromiseSettledResult<T>[]> {
  return Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => run(index % 2 === 0 ? here : there, index)),
  );
}

function taken(results: readonly PromiseSettledResult<unknown>[]): number {
  return results.filter(({ status }) => status === 'fulfilled').length;
}

test('one account per person and one holder per address, whatever fifty writers do', async (t) => {
  const nodes = await twoNodes(t);
  for (let round = 0; round < 5; round += 1) {
    const key = Buffer.alloc(32, round);
    const accounts = await fiftyTimes(nodes, ({ db }) =>
      db
        .insertInto('account')
        .values({
          person_key: key,
          status: 'pending',
          contact: key,
          email_key: key,
          language: 'fr',
          route: 'carte-vitale',
          caisse_code: null,
          created_at: at,
          pending_until: at,
          link_dead_at: at,
          next_reminder_at: null,
          confirmed_at: null,
          last_sent_at: at,
          last_used_at: at,
        })
        .execute(),
    );
    assert.equal(taken(accounts), 1);
    const claims = await fiftyTimes(nodes, ({ db }, index) =>
      db
        .insertInto('email_claim')
        .values({ email_key: key, person_key: Buffer.alloc(32, index), claimed_at: at, expires_at: null })
        .execute(),
    );
    assert.equal(taken(claims), 1);
    for (const result of [...accounts, ...claims])
      if (result.status === 'rejected') assert.equal(result.reason.code, '23505');
  }
});

const rule = { kind: 'test', windows: [{ max: 5, perSeconds: 3_600 }] };
const refused = refusal(auditKind('proof-refused'), { person, actor: { kind: 'person' } });
const events = { attemptsSpread() {} };

test('fifty concurrent wrong attempts: five are judged, and each is recorded', async (t) => {
  const nodes = await twoNodes(t);
  const attempts = [{ rule, subject: person }];
  const results = await fiftyTimes(nodes, ({ db }) =>
    recordAttempt({ db, events }, at, false, attempts, refused),
  );
  const judged = results.filter((result) => result.status === 'fulfilled' && result.value.kind === 'counted');
  assert.equal(taken(results), 50);
  assert.equal(judged.length, 5);
  const [{ db }] = nodes;
  const audit = await verifyAudit(db);
  assert.deepEqual([audit.events, audit.broken], [50, []]);
  const next = await recordAttempt({ db, events }, at, true, attempts, refused);
  assert.deepEqual(next, { kind: 'blocked', until: new Date(at.getTime() + 3_600_000) });
  const later = new Date(at.getTime() + 3_600_001);
  assert.equal((await recordAttempt({ db, events }, later, true, attempts, refused)).kind, 'counted');
});

test('fifty concurrent right attempts: none is blocked', async (t) => {
  const nodes = await twoNodes(t);
  const attempts = [{ rule, subject: person }];
  const [{ db }] = nodes;
  for (let i = 0; i < 4; i += 1) await recordAttempt({ db, events }, at, false, attempts, refused);
  const results = await fiftyTimes(nodes, (node) =>
    recordAttempt({ db: node.db, events }, at, true, attempts, refused),
  );
  for (const result of results) {
    assert.equal(result.status, 'fulfilled');
    assert.equal(result.value.kind, 'counted');
  }
  assert.equal((await verifyAudit(db)).events, 4, 'only refusals are recorded');
});

test('several people behind one address at once: no deadlock, and each subject has its own count', async (t) => {
  const nodes = await twoNodes(t);
  const shared = { rule: { kind: 'address', windows: [{ max: 30, perSeconds: 600 }] }, subject: person };
  const results = await fiftyTimes(nodes, ({ db }, index) => {
    const subject = Buffer.alloc(32, index % 10);
    return recordAttempt({ db, events }, at, false, [{ rule, subject }, shared], refused);
  });
  const judged = results.filter((result) => result.status === 'fulfilled' && result.value.kind === 'counted');
  assert.equal(taken(results), 50);
  assert.equal(judged.length, 30, 'five each of ten people would be fifty');
});

test('a right attempt takes no counter that began after it', needsServer, async (t) => {
  const [node] = await twoNodes(t);
  const needs = { db: node.db, events };
  const own = { rule, subject: person };
  const shared = { rule: { kind: 'address', windows: [{ max: 30, perSeconds: 600 }] }, subject: person };
  await recordAttempt(needs, at, false, [shared], null);
  const held = await node.db.startTransaction().execute();
  await held.selectFrom('attempt').select('kind').where('kind', '=', 'address').forUpdate().execute();
  const right = recordAttempt(needs, at, true, [own, shared], null);
  await untilWaiting(node.db, 1);
  await recordAttempt(needs, at, false, [own], null);
  const wrong = recordAttempt(needs, at, false, [own, shared], null);
  await untilWaiting(node.db, 2);
  await held.commit().execute();
  assert.deepEqual(
    (await Promise.all([right, wrong])).map(({ kind }) => kind),
    ['counted', 'counted'],
  );
});

test('one audit chain for each person under concurrent writers', async (t) => {
  const nodes = await twoNodes(t);
  const results = await fiftyTimes(nodes, ({ db }, index) =>
    record(db, auditKind('signed-in').with<{ index: number }>(), {
      person: Buffer.alloc(32, index % 3),
      actor: { kind: 'person' },
      at,
      details: { index },
    }),
  );
  assert.equal(taken(results), 50);
  assert.deepEqual(await verifyAudit(nodes[0].db), { events: 50, broken: [], brokenCount: 0 });
});

test('several processes migrate an empty database together', needsServer, async (t) => {
  assert.ok(server);
  const { ownerUrl: url, drop } = await createServerDatabase(server, 'empty');
  const nodes = Array.from({ length: 6 }, () => openPatiently(url, 2));
  t.after(async () => {
    for (const node of nodes) await node.close();
    await drop();
  });
  const [first] = nodes;
  assert.ok(first);
  assert.ok((await pendingMigrations(first.db)).length > 0);
  const ran = await Promise.all(nodes.map(({ db }) => prepareDatabase(db, roles.runtime)));
  assert.deepEqual(ran.flat().length, new Set(ran.flat()).size, 'each migration ran once');
  assert.deepEqual(await pendingMigrations(first.db), []);
});
