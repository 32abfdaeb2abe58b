import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { grantRuntime } from '#src/installation/grants.ts';
import { addJobs } from '#src/jobs/add-jobs.ts';
import { installJobs, type Jobs, openJobs } from '#src/jobs/jobs.ts';
import { testDatabase } from '#test/setting/database.ts';
import { roles } from '#test/setting/database-preparation.ts';

const quickly = { batch: 5, workers: 1, everySeconds: 0.5 };

async function jobsOf(t: TestContext, maintain = true) {
  const closing: (() => Promise<unknown> | undefined)[] = [];
  t.after(async () => {
    for (const close of closing.toReversed()) await close();
  });
  const database = await testDatabase({ after: (close) => closing.push(close) }, 'queues');
  const errors: unknown[] = [];
  const jobs = await openJobs(database.db, { maintain, onError: (error) => errors.push(error) });
  closing.push(() => jobs.stop(1));
  const states = async (): Promise<string[]> => {
    const { rows } = await sql<{ state: string }>`select state from pgboss.job order by created_on`.execute(
      database.db,
    );
    return rows.map(({ state }) => state);
  };
  return { ...database, jobs, errors, states };
}

function notice() {
  return { personKey: 'aa', id: randomUUID() };
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await wait(50);
}

test('the first job of a process, added inside a transaction, neither hangs nor outlives a rollback', async (t) => {
  const { db, jobs, states } = await jobsOf(t);
  await db.transaction().execute((trx) => addJobs(trx, jobs, 'deliver-notice', [notice()]));
  assert.deepEqual(await states(), ['created']);
  const abandoned = db.transaction().execute(async (trx) => {
    await addJobs(trx, jobs, 'deliver-notice', [notice()]);
    throw new Error('changed my mind');
  });
  await assert.rejects(abandoned, /changed my mind/);
  assert.deepEqual(await states(), ['created']);
});

test('no process creates the queues, and none opens them before their owner has', async (t) => {
  const { db, asOwner } = await testDatabase(t);
  await assert.rejects(openJobs(db, { maintain: false }), /not installed/);
  await assert.rejects(openJobs(db, { maintain: true }), /not installed/);
  await assert.rejects(sql`create table own_queue ()`.execute(db), { code: '42501' });
  await asOwner(async (owner) => {
    await installJobs(owner);
    await installJobs(owner);
    await grantRuntime(owner, roles.runtime);
  });
  const jobs = await openJobs(db, { maintain: false });
  await db.transaction().execute((trx) => addJobs(trx, jobs, 'deliver-notice', [notice()]));
  await jobs.stop(1);
});

test('jobs are done, retried after a minute or more, and hastened', async (t) => {
  const { db, pool, jobs, states, errors } = await jobsOf(t);
  const [fine, later, broken] = [notice(), notice(), notice()];
  await addJobs(db, jobs, 'deliver-notice', [fine, later, broken]);
  const seen: string[] = [];
  await jobs.work(
    'deliver-notice',
    async ({ id }) => {
      seen.push(id);
      if (id === broken.id) throw new Error('broken');
      return id === later.id && seen.length <= 3 ? 'again' : 'done';
    },
    quickly,
  );
  await until(async () => !(await states()).some((state) => state === 'created' || state === 'active'));
  assert.deepEqual((await states()).sort(), ['completed', 'retry', 'retry']);
  assert.equal(errors.length, 1);
  const { rows } = await pool.query(
    `select extract(epoch from start_after - now()) as s from pgboss.job where state = 'retry'`,
  );
  for (const { s } of rows) assert.ok(Number(s) > 25 && Number(s) <= 120, `next try in ${s} s`);
  await jobs.hasten('deliver-notice');
  await until(async () => (await states()).filter((state) => state === 'completed').length === 2);
  assert.equal(seen.filter((id) => id === later.id).length, 2);
  assert.equal(seen.filter((id) => id === fine.id).length, 1);
});

test('a scheduled job exists at once, and once for all processes', async (t) => {
  const { db, jobs, states } = await jobsOf(t);
  const other: Jobs = await openJobs(db, { maintain: false });
  await jobs.schedule('housekeeping', 60 * 24);
  await other.schedule('housekeeping', 60 * 24);
  assert.deepEqual(await states(), ['created']);
  await other.stop(1);
});

test('an unreachable database is reported once, and again after it has recovered', async (t) => {
  const { db, pool, jobs, errors } = await jobsOf(t);
  const { connect } = pool;
  let queries = 0;
  const leave = () =>
    Object.assign(pool, {
      connect: () => {
        queries++;
        return Promise.reject(new Error('away'));
      },
    });
  const queried = async (times: number) => {
    queries = 0;
    await until(async () => queries >= times);
  };
  await jobs.work('deliver-notice', async () => 'done', quickly);
  leave();
  await queried(3);
  assert.equal(errors.length, 1);
  Object.assign(pool, { connect });
  const { personKey, id } = notice();
  await db.transaction().execute((trx) => addJobs(trx, jobs, 'deliver-notice', [{ personKey, id }]));
  await until(async () => {
    const { rows } = await sql`select from pgboss.job where state = 'completed'`.execute(db);
    return rows.length > 0;
  });
  leave();
  await queried(3);
  assert.equal(errors.length, 2);
  assert.ok(errors.every((error) => error instanceof Error));
  Object.assign(pool, { connect });
});
