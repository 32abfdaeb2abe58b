import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { duties } from '#src/housekeeping/housekeeping.ts';
import { countRows, readRowCounts } from '#src/housekeeping/row-counts.ts';
import { openWatchedRows } from '#src/housekeeping/watched-rows.ts';
import { runDuty } from '#src/jobs/run-duty.ts';
import { highestCount } from '#src/operations/row-counts.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';

/** This many identical notices, without a cause. */
async function add(
  { services: { db }, clock }: TestApp,
  many: number,
  { state, channel, reason = null, minutesAgo = 0, erased = false }: Added,
): Promise<void> {
  const at = new Date(clock.now().getTime() - minutesAgo * 60_000);
  await sql`
    insert into notice (person_key, id, kind, channel, language, content, state, reason, created_at, settled_at)
    select '\\x00', gen_random_uuid(), 'activation', ${channel}, 'fr', ${erased ? null : Buffer.of(1)}::bytea, ${state},
      ${reason}, ${at}, case when ${state}::text in ('queued', 'deferred') then null else ${at}::timestamptz end
    from generate_series(1, ${many}::integer)`.execute(db);
}

interface Added {
  readonly state: string;
  readonly channel: string;
  readonly reason?: string | null;
  readonly minutesAgo?: number;
  readonly erased?: boolean;
}

test('what waits, what failed within a day, what was given up: nothing else is counted', async (t) => {
  const site = await testApp(t);
  const { services, clock } = site;
  assert.equal(await readRowCounts(services.db), null);
  await add(site, 3, { state: 'queued', channel: 'email', minutesAgo: 2 });
  await add(site, 1, { state: 'deferred', channel: 'email', reason: 'smtp-451', minutesAgo: 20 });
  await add(site, 2, { state: 'queued', channel: 'letter', minutesAgo: 600 });
  await add(site, 7, { state: 'handed-over', channel: 'email' });
  await add(site, 4, { state: 'bounced', channel: 'sms', reason: 'sms-failed', minutesAgo: 1_400 });
  await add(site, 5, { state: 'bounced', channel: 'sms', reason: 'sms-failed', minutesAgo: 1_500 });
  await add(site, 6, { state: 'withheld', channel: 'sms', reason: 'decoy' });
  await add(site, 2, { state: 'refused', channel: 'email', reason: 'gave-up-timeout', minutesAgo: 3_000 });
  await add(site, 1, { state: 'refused', channel: 'email', reason: 'gave-up-timeout', erased: true });
  const counted = await countRows.run(services, clock.now());
  assert.deepEqual(counted, { waiting: 6, failed: 5, dead: 2 });
  const known = await readRowCounts(services.db);
  assert.deepEqual(known?.countedAt, clock.now());
  const before = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000).toISOString();
  assert.deepEqual(
    known?.notices.waiting.toSorted((a, b) => a.since.localeCompare(b.since)),
    [
      { state: 'queued', channel: 'letter', count: 2, since: before(600) },
      { state: 'deferred', channel: 'email', count: 1, since: before(20) },
      { state: 'queued', channel: 'email', count: 3, since: before(2) },
    ],
  );
  assert.deepEqual(
    known?.notices.failed.toSorted((a, b) => a.state.localeCompare(b.state)),
    [
      { state: 'bounced', channel: 'sms', count: 4 },
      { state: 'refused', channel: 'email', count: 1 },
    ],
  );
});

test('a count ends at ten thousand, and reads no year of notices', async (t) => {
  const site = await testApp(t);
  const { services, clock } = site;
  await add(site, highestCount + 500, { state: 'queued', channel: 'email' });
  await add(site, 20_000, { state: 'handed-over', channel: 'email' });
  await countRows.run(services, clock.now());
  const known = await readRowCounts(services.db);
  assert.deepEqual(
    known?.notices.waiting.map(({ count }) => count),
    [highestCount],
  );
  await sql`analyze notice`.execute(services.db);
  for (const condition of [
    "state in ('queued', 'deferred') and state = 'deferred' and channel = 'email'",
    "state in ('refused', 'bounced', 'withheld') and settled_at > now() - interval '1 day'",
    "state = 'refused' and reason like 'gave-up-%' and content is not null",
  ]) {
    const { rows } = await sql<Record<string, string>>`
      explain select from notice where ${sql.raw(condition)} limit 10`.execute(services.db);
    const plan = rows.map((row) => Object.values(row).join()).join('\n');
    assert.match(plan, /notice_(waiting|failed|dead_letter)/, plan);
    assert.doesNotMatch(plan, /Seq Scan/, plan);
  }
});

test('of two workers one counts, and both show what it found, with its age', async (t) => {
  const site = await testApp(t);
  const { services, clock } = site;
  await add(site, 2, { state: 'queued', channel: 'email' });
  const turns = [1, 2].map(() => runDuty(services, countRows, { onlyDue: true }));
  const results = (await Promise.all(turns)).map(({ kind }) => kind);
  assert.deepEqual(results.sort(), ['done', 'skipped']);
  const workers = [1, 2].map(() => openWatchedRows(services.db, clock, duties));
  for (const worker of workers) {
    assert.equal(worker.rows(), null, 'nothing is known before the first look');
    assert.equal(worker.duties().healthy.size, 0);
    await worker.look();
    assert.equal(worker.rows()?.notices.waiting[0]?.count, 2);
    assert.equal(worker.duties().healthy.get('row-counts'), true);
    assert.equal(worker.duties().healthy.get('reminders'), false, 'it never ran');
  }
  clock.advance(20_000);
  assert.deepEqual(await runDuty(services, countRows, { onlyDue: true }), { kind: 'skipped' }, 'not due');
  clock.advance(40_000);
  assert.deepEqual(await runDuty(services, countRows, { onlyDue: true }), { kind: 'done' });
  assert.equal(workers[0]?.duties().ages.get('row-counts'), 60);
});

test('the oldest batch that the printer says nothing of', async (t) => {
  const { services, clock } = await testApp(t);
  const batch = (number: number, exported: string | null, answered: string | null) => ({
    id: crypto.randomUUID(),
    number,
    created_at: new Date('2026-02-20T05:00:00Z'),
    letters: 1,
    canary: null,
    exported_at: exported === null ? null : new Date(exported),
    acknowledged_at: answered === null ? null : new Date(answered),
  });
  await services.db
    .insertInto('letter_batch')
    .values([
      batch(1, '2026-02-25T05:00:00Z', '2026-02-26T05:00:00Z'),
      batch(2, '2026-02-27T05:00:00Z', null),
      batch(3, '2026-03-01T05:00:00Z', null),
      batch(4, null, null),
    ])
    .execute();
  await countRows.run(services, clock.now());
  assert.equal((await readRowCounts(services.db))?.unansweredBatchSince, '2026-02-27T05:00:00.000Z');
});

test('counts that another version of the program made are not shown', async (t) => {
  const { services, clock } = await testApp(t);
  await services.db
    .insertInto('row_counts')
    .values({ counted_at: clock.now(), counts: JSON.stringify({ letters: 3 }) })
    .execute();
  assert.equal(await readRowCounts(services.db), null);
  await countRows.run(services, clock.now());
  assert.notEqual(await readRowCounts(services.db), null);
});
