import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { requeueingLostNotices } from '#src/delivery/lost-notices.ts';
import { startDelivery } from '#src/delivery/worker.ts';
import { addJobs } from '#src/jobs/add-jobs.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { camille, later, post, start } from '#test/notices/post.ts';
import { smtpSink } from '#test/setting/notices.ts';

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await reached())) await wait(20);
}

test('a mail goes out with the transaction that causes it, and not without', async (t) => {
  const sink = await smtpSink(t);
  const { db, jobs, row, queue, work, find, taken } = await post(t, sink);
  await work();
  const abandoned = row('activation');
  await assert.rejects(
    db.transaction().execute(async (trx) => {
      await queueNotice(trx, jobs, abandoned);
      throw new Error('changed my mind');
    }),
  );
  const queued = row('activation');
  await queue(queued);
  await until(async () => (await find(queued)).state === 'handed-over');
  assert.equal(sink.messages.length, 1);
  const mail = await PostalMime.parse(sink.messages[0] ?? '');
  assert.equal(mail.messageId, `<${queued.id}@compte.example.fr>`);
  assert.equal(mail.to?.[0]?.address, camille);
  assert.deepEqual((await find(queued)).handed_over_at, start);
  const named = taken.map((notice) => notice && [notice.id, notice.kind, notice.channel, notice.tries]);
  assert.deepEqual(named, [[queued.id, 'activation', 'email', 1]], 'the operator sees which one');
});

test('two jobs of one notice send one mail', async (t) => {
  const sink = await smtpSink(t);
  const { db, jobs, row, queue, work, find, deliver } = await post(t, sink);
  const queued = row('activation');
  await queue(queued);
  await addJobs(db, jobs, 'deliver-notice', [
    { personKey: queued.person_key.toString('hex'), id: queued.id },
  ]);
  await work();
  await until(async () => (await find(queued)).state === 'handed-over');
  assert.deepEqual(await deliver(queued), { state: 'skipped' });
  assert.equal(sink.messages.length, 1);
});

test('mails wait for a server that is away, and leave as soon as it is back', async (t) => {
  const sink = await smtpSink(t);
  const { row, queue, work, find, told } = await post(t, sink);
  await sink.close();
  const early = [row('activation'), row('password-changed', { person: 2 })];
  for (const one of early) await queue(one);
  await work();
  await until(() => told.length === 2);
  for (const one of early) {
    const { state, reason, tries } = await find(one);
    assert.deepEqual({ state, reason, tries }, { state: 'deferred', reason: 'connection', tries: 1 });
  }
  const back = await smtpSink(t, sink.port);
  await queue(row('account-active', { person: 3 }));
  await until(() => back.messages.length === 3);
});

test('mails that a server does not answer about hold up no others', async (t) => {
  const sink = await smtpSink(t);
  const { row, queue, jobs, ...delivering } = await post(t, sink);
  const hanging: string[] = [];
  const send = (mail: Parameters<typeof delivering.transport.send>[0]) => {
    if (mail.to === camille) return delivering.transport.send(mail);
    hanging.push(mail.to);
    return new Promise<never>(() => {});
  };
  const transport = { ...delivering.transport, send };
  const lanes = { lanes: 1, letsOnAfterMs: 20 };
  const delivery = await startDelivery({ ...delivering, transport }, jobs, { giveWayMs: 20, lanes });
  t.after(() => delivery.stop());
  // One for each of the workers of the process, which take their mails in turns.
  for (const count of [1, 2]) {
    await queue(row('password-changed', { person: count, to: `lent-${count}@example.fr` }));
    await until(() => hanging.length === count);
  }
  await queue(row('account-active', { person: 3 }));
  await until(() => sink.messages.length === 1);
});

test('a server never has more mails that are not recorded than there are lanes', async (t) => {
  const { row, queue, jobs, ...delivering } = await post(t, await smtpSink(t));
  let sent = 0;
  const unrecorded: number[] = [];
  const send = async () => {
    const sentByNow = ++sent;
    await until(() => sent >= 2);
    const { recorded } = await delivering.db
      .selectFrom('notice')
      .select(({ fn }) => fn.countAll<string>().as('recorded'))
      .where('state', '=', 'handed-over')
      .executeTakeFirstOrThrow();
    unrecorded.push(sentByNow - Number(recorded));
    return { state: 'handed-over' } as const;
  };
  const rows = Array.from({ length: 8 }, (_, person) => row('password-changed', { person }));
  for (const one of rows) await queue(one);
  const lanes = { lanes: 2, letsOnAfterMs: null };
  const delivery = await startDelivery({ ...delivering, transport: { send } }, jobs, { lanes });
  t.after(() => delivery.stop());
  await until(() => unrecorded.length === rows.length);
  assert.deepEqual(
    unrecorded.filter((count) => count > 2),
    [],
  );
});

test('while the clock cannot be trusted nothing is sent or given up, and all leaves afterwards', async (t) => {
  const sink = await smtpSink(t);
  const { row, queue, jobs, find, ...delivering } = await post(t, sink);
  let isRight = false;
  let asked = 0;
  const clockHolds = async () => {
    asked += 1;
    return isRight;
  };
  const clock = { now: () => (isRight ? start : later(87_600)) };
  const delivery = await startDelivery({ ...delivering, clock }, jobs, { clockHolds });
  t.after(() => delivery.stop());
  const waited = row('password-changed', { person: 1 });
  await queue(waited);
  await until(() => asked > 0);
  const { state, tries } = await find(waited);
  assert.deepEqual({ state, tries }, { state: 'queued', tries: 0 });
  isRight = true;
  await queue(row('password-changed', { person: 2 }));
  await until(() => sink.messages.length === 2);
});

test('a notice left without a job by a killed process gets one, once', async (t) => {
  const sink = await smtpSink(t);
  const { db, pool, jobs, row, queue, work, find } = await post(t, sink);
  const [waiting, lost, stuck] = [
    row('activation'),
    row('activation', { person: 2 }),
    row('activation', { person: 3 }),
  ];
  await queue(waiting);
  await db.insertInto('notice').values(lost).execute();
  await queue(stuck);
  await pool.query(
    `update pgboss.job set state = 'active', started_on = now() - interval '2 minutes' where singleton_key = $1`,
    [stuck.id],
  );
  assert.equal(await requeueingLostNotices(db, jobs, 150)(), 1, 'a job may be at work for longer');
  assert.equal(await requeueingLostNotices(db, jobs, 90)(), 1);
  assert.equal(await requeueingLostNotices(db, jobs, 90)(), 0);
  await work();
  for (const one of [waiting, lost, stuck])
    await until(async () => (await find(one)).state === 'handed-over');
  assert.equal(sink.messages.length, 3);
});

test('of many that were left, each look takes the next thousand', async (t) => {
  const { db, pool, jobs } = await post(t, await smtpSink(t));
  await pool.query(`insert into notice (person_key, id, kind, channel, language, state, created_at)
    select sha256(n::text::bytea), gen_random_uuid(), 'activation', 'email', 'fr', 'queued', date_trunc('second', now())
    from generate_series(1, 1500) n`);
  const requeue = requeueingLostNotices(db, jobs, 90);
  for (const added of [1_000, 500, 0]) assert.equal(await requeue(), added);
});

test('mails queued together share the places that are left', async (t) => {
  const sink = await smtpSink(t);
  const { row, deliver, queue } = await post(t, sink);
  const rows = Array.from({ length: 8 }, (_, person) => row('activation', { person }));
  for (const one of rows) await queue(one);
  const outcomes = await Promise.all(rows.map((one) => deliver(one)));
  assert.equal(outcomes.filter(({ state }) => state === 'handed-over').length, 5);
  assert.equal(sink.messages.length, 5);
});
