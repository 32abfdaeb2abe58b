import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duties, runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import type { Duty } from '#src/jobs/duty.ts';
import { type DutyContext, runDuty } from '#src/jobs/run-duty.ts';
import { dutyStates, lastRuns, successAges } from '#src/jobs/runs.ts';
import { testApp } from '#test/setting/application.ts';

const minute = 60_000;
const always = { onlyDue: false };

function duty(run: Duty<DutyContext>['run'], name = 'proof'): Duty<DutyContext> {
  return { name, everyMinutes: 5, run };
}

test('each duty is recorded as its own run, with its counts', async (t) => {
  const { services } = await testApp(t);
  await runHousekeeping(services);
  const runs = await lastRuns(services.db);
  assert.deepEqual([...runs.keys()].sort(), duties.map(({ name }) => name).sort());
  for (const [name, { outcome }] of runs) assert.equal(outcome, 'done', name);
  assert.deepEqual(runs.get('pending-accounts')?.counts, { expired: 0, cleared: 0 });
});

test('a duty that fails is recorded and reported, and the others run', async (t) => {
  const { services, clock } = await testApp(t);
  const { retention } = services.policy;
  const broken = {
    ...retention,
    get warningDays(): never {
      throw new Error('broken');
    },
  };
  const failing = { ...services, policy: { ...services.policy, retention: broken } };
  const failed: string[] = [];
  await runHousekeeping(failing, { onFailure: (name) => failed.push(name) });
  assert.deepEqual(failed, ['unused-accounts']);
  const states = dutyStates(duties, await lastRuns(services.db), clock.now());
  assert.deepEqual(
    states.filter(({ state }) => state !== 'ok').map(({ name, state }) => [name, state]),
    [['unused-accounts', 'failed']],
  );
  await assert.rejects(runHousekeeping(failing), AggregateError);
});

test('a duty runs on one node at a time; the run of a killed process counts as lost after two minutes', async (t) => {
  const { services } = await testApp(t);
  const { db } = services;
  const halfway = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let runs = 0;
  const slow = duty(async () => {
    runs++;
    begun.resolve();
    await halfway.promise;
    return {};
  });
  const first = runDuty(services, slow, always);
  await begun.promise;
  assert.deepEqual(await runDuty(services, slow, always), { kind: 'skipped' });
  const other = duty(async () => ({ done: 1 }), 'another');
  assert.deepEqual(await runDuty(services, other, always), { kind: 'done' }, 'of another name');
  halfway.resolve();
  assert.deepEqual(await first, { kind: 'done' });
  assert.equal(runs, 1);

  const killed = { name: slow.name, id: services.random.uuid(), started_at: services.clock.now() };
  await db
    .insertInto('job_run')
    .values({ ...killed, outcome: 'under-way', counts: '{}' })
    .execute();
  assert.deepEqual(await runDuty(services, slow, always), { kind: 'skipped' });
  await db
    .updateTable('job_run')
    .set({ seen_at: new Date(Date.now() - 3 * minute) })
    .where('id', '=', killed.id)
    .execute();
  assert.deepEqual(await runDuty(services, slow, always), { kind: 'done' });
  const lost = await db
    .selectFrom('job_run')
    .select('outcome')
    .where('id', '=', killed.id)
    .executeTakeFirst();
  assert.equal(lost?.outcome, 'lost');
});

test('a duty is due once a period, to within a minute, and at once when the clock was set back', async (t) => {
  const { services, clock } = await testApp(t);
  const due = duty(async () => ({}));
  const run = async () => (await runDuty(services, due, { onlyDue: true })).kind;
  assert.equal(await run(), 'done');
  assert.equal(await run(), 'skipped');
  clock.advance(4 * minute - 1);
  assert.equal(await run(), 'skipped');
  clock.advance(1);
  assert.equal(await run(), 'done');
  clock.advance(-60 * minute);
  assert.equal(await run(), 'done');
});

test('a duty is overdue after three periods or when it never ran, failed when its last run failed', () => {
  const start = new Date('2026-03-02T09:00:00Z');
  const after = (ms: number) => new Date(start.getTime() + ms);
  const run = { outcome: 'done', startedAt: start, finishedAt: start, counts: {}, doneAt: start } as const;
  const stateOf = (runs: Parameters<typeof dutyStates>[1], now: Date) =>
    dutyStates([duty(async () => ({}))], runs, now)[0];
  assert.equal(stateOf(new Map(), start)?.state, 'overdue');
  assert.equal(stateOf(new Map([['proof', run]]), after(15 * minute))?.state, 'ok');
  assert.equal(stateOf(new Map([['proof', run]]), after(15 * minute + 1))?.state, 'overdue');
  for (const outcome of ['failed', 'lost'] as const)
    assert.equal(stateOf(new Map([['proof', { ...run, outcome }]]), start)?.state, 'failed');
  assert.deepEqual(stateOf(new Map([['proof', run]]), start)?.nextAt, after(5 * minute));
});

test('the age of the last success is known, and runs are deleted after 30 days', async (t) => {
  const { services, clock } = await testApp(t);
  await runHousekeeping(services);
  clock.advance(90_000);
  const ages = successAges(duties, await lastRuns(services.db), clock.now());
  assert.equal(ages.get('reminders'), 90);
  assert.equal(ages.size, duties.length);
  clock.advance(31 * 24 * 60 * minute);
  await runHousekeeping(services);
  const { runs } = await services.db
    .selectFrom('job_run')
    .select(({ fn }) => fn.countAll<string>().as('runs'))
    .executeTakeFirstOrThrow();
  assert.equal(Number(runs), duties.length);
});
