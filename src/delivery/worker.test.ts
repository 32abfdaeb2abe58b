import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { emailKey, openKeyring } from '#src/crypto/keyring.ts';
import { type Delivery, deliverNotice, type TakenNotice } from '#src/delivery/deliver.ts';
import { requeueingLostNotices } from '#src/delivery/lost-notices.ts';
import { openMailTransport } from '#src/delivery/transport.ts';
import { startDelivery } from '#src/delivery/worker.ts';
import { addJobs } from '#src/jobs/add-jobs.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { retryDeadLetters } from '#src/notices/dead-letters.ts';
import { type NoticeKind, noticeRow, queueNotice } from '#src/notices/notice.ts';
import { purgeNoticeContents, purgeNotices } from '#src/notices/purge.ts';
import { beginTry } from '#src/notices/tries.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { testDatabase } from '#test/setting/database.ts';
import { type SmtpSink, smtpSink } from '#test/setting/notices.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
const start = new Date('2026-11-21T13:05:00Z');
const camille = 'camille@example.fr';

function later(hours: number): Date {
  return new Date(start.getTime() + hours * 3_600_000);
}

async function post(t: TestContext, sink: SmtpSink) {
  const database = await testDatabase({ after: () => {} }, 'queues');
  const { db, pool } = database;
  let now = start;
  const transport = openMailTransport({
    smtpUrl: sink.url,
    from: 'ne-pas-repondre@example.fr',
    fromName: 'Votre Assurance Maladie',
    publicUrl: 'https://compte.example.fr',
  });
  const delivering = {
    db,
    keyring,
    clock: { now: () => now },
    policy: loadPolicy('ameli-2025'),
    transport,
    secondTransport: null,
    sms: null,
    publicUrl: 'https://compte.example.fr',
    senderName: 'Votre Assurance Maladie',
  };
  const jobs = await openJobs(db, { maintain: true });
  const row = (kind: NoticeKind, { to = camille, at = now, person = 1 } = {}) =>
    noticeRow({
      keyring,
      personKey: Buffer.alloc(32, person),
      id: randomUUID(),
      kind,
      language: 'fr',
      content: {
        address: to,
        token: 'f'.repeat(64),
        code: '12345678',
        until: later(21 * 24).toISOString(),
        sentAt: at.toISOString(),
        dispute: 'd'.repeat(43),
        disputeUntil: later(10 * 24).toISOString(),
      },
      recipientKey: emailKey(keyring, to),
      now: at,
    });
  const told: Delivery[] = [];
  const taken: (TakenNotice | undefined)[] = [];
  const deliveries: { stop(): void }[] = [];
  t.after(async () => {
    for (const one of deliveries) one.stop();
    await jobs.stop(1);
    transport.close();
    await database.close();
  });
  return {
    ...delivering,
    pool,
    jobs,
    told,
    taken,
    row,
    moveTo: (instant: Date) => {
      now = instant;
    },
    queue: (queued: ReturnType<typeof row>) =>
      db.transaction().execute((trx) => queueNotice(trx, jobs, queued)),
    work: async () => {
      deliveries.push(
        await startDelivery(delivering, jobs, {
          onDelivery: (delivery, notice) => {
            told.push(delivery);
            taken.push(notice);
          },
        }),
      );
    },
    /** Delivers without a job, as the handler of one would. */
    deliver: async (queued: ReturnType<typeof row>) => {
      const known = await db.selectFrom('notice').select('id').where('id', '=', queued.id).executeTakeFirst();
      if (!known) await queueNotice(db, jobs, queued);
      return deliverNotice(delivering, { personKey: queued.person_key.toString('hex'), id: queued.id });
    },
    find: (queued: { id: string }) =>
      db.selectFrom('notice').selectAll().where('id', '=', queued.id).executeTakeFirstOrThrow(),
  };
}

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

test('a message that ends each process which reads it is given up after five, and can be sent again by hand', async (t) => {
  const sink = await smtpSink(t);
  const { db, jobs, row, queue, deliver, find } = await post(t, sink);
  const deadly = row('activation');
  await queue(deadly);
  const tried = { personKey: deadly.person_key, id: deadly.id };
  for (let died = 0; died < 5; died += 1) await beginTry(db, tried, start);
  assert.deepEqual(await deliver(deadly), { state: 'refused', reason: 'gave-up-broken' });
  assert.equal((await find(deadly)).state, 'refused');
  assert.equal(sink.messages.length, 0);
  assert.equal(await retryDeadLetters(db, jobs, 'all', start), 1);
  assert.deepEqual(await deliver(deadly), { state: 'handed-over' });
});

test('of many that were left, each look takes the next thousand', async (t) => {
  const { db, pool, jobs } = await post(t, await smtpSink(t));
  await pool.query(`insert into notice (person_key, id, kind, channel, language, state, created_at)
    select sha256(n::text::bytea), gen_random_uuid(), 'activation', 'email', 'fr', 'queued', date_trunc('second', now())
    from generate_series(1, 1500) n`);
  const requeue = requeueingLostNotices(db, jobs, 90);
  for (const added of [1_000, 500, 0]) assert.equal(await requeue(), added);
});

test('temporary refusals are tried again, final ones are not', async (t) => {
  const sink = await smtpSink(t);
  const { row, deliver, find, moveTo } = await post(t, sink);
  const one = row('activation');
  sink.refuse('recipient', 451, 1);
  assert.deepEqual(await deliver(one), { state: 'deferred', reason: 'smtp-451' });
  assert.deepEqual(await deliver(one), { state: 'handed-over' });
  assert.equal((await find(one)).tries, 2);
  assert.equal((await find(one)).reason, null);

  const other = row('activation', { to: 'nobody@example.fr', person: 2 });
  sink.refuse('recipient', 550, 1);
  assert.deepEqual(await deliver(other), { state: 'refused', reason: 'smtp-550' });
  assert.deepEqual(await deliver(other), { state: 'skipped' });

  const late = row('account-active', { person: 3 });
  moveTo(later(25));
  sink.refuse('message', 452, 1);
  assert.deepEqual(await deliver(late), { state: 'refused', reason: 'gave-up-smtp-452' });
});

test('killed between the server’s answer and ours: one copy more, under the same Message-ID', async (t) => {
  const sink = await smtpSink(t);
  const delivering = await post(t, sink);
  const queued = delivering.row('activation');
  await delivering.db.insertInto('notice').values(queued).execute();
  const data = { personKey: queued.person_key.toString('hex'), id: queued.id };
  const killed = {
    send: (mail: Parameters<typeof delivering.transport.send>[0]) =>
      delivering.transport.send(mail).then(() => new Promise<never>(() => {})),
  };
  void deliverNotice({ ...delivering, transport: killed }, data);
  await until(() => sink.messages.length === 1);
  assert.deepEqual(await deliverNotice(delivering, data), { state: 'handed-over' });
  assert.deepEqual(await deliverNotice(delivering, data), { state: 'skipped' });
  const ids = await Promise.all(sink.messages.map(async (text) => (await PostalMime.parse(text)).messageId));
  assert.deepEqual(ids, [`<${queued.id}@compte.example.fr>`, `<${queued.id}@compte.example.fr>`]);
});

test('one mailbox is not flooded: five mails a day that others can cause, all accounts together', async (t) => {
  const sink = await smtpSink(t);
  const { row, deliver, moveTo } = await post(t, sink);
  const kinds = ['activation', 'address-taken', 'activation-reminder', 'activation', 'new-address'] as const;
  for (const [index, kind] of kinds.entries()) {
    const at = new Date(start.getTime() + index * 60_000);
    assert.equal((await deliver(row(kind, { person: index + 1, at }))).state, 'handed-over');
  }
  const sixth = { at: later(1), person: 6 };
  assert.deepEqual(await deliver(row('activation', sixth)), { state: 'withheld', reason: 'too-many' });
  assert.equal((await deliver(row('password-changed', sixth))).state, 'handed-over', 'not an outsider’s');
  for (let person = 7; person < 12; person++)
    assert.equal((await deliver(row('account-exists', { ...sixth, person }))).state, 'handed-over', 'apart');
  assert.deepEqual(await deliver(row('password-reset', { at: later(2), person: 12 })), {
    state: 'withheld',
    reason: 'too-many',
  });
  assert.equal((await deliver(row('activation', { ...sixth, to: 'other@example.fr' }))).state, 'handed-over');
  moveTo(later(24));
  assert.equal(
    (await deliver(row('activation', { at: later(24), person: 7 }))).state,
    'handed-over',
    'next day',
  );
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

test('a link that died while the server was away is not sent', async (t) => {
  const sink = await smtpSink(t);
  const { row, deliver, moveTo } = await post(t, sink);
  const one = row('password-reset');
  moveTo(later(21 * 24 + 1));
  assert.deepEqual(await deliver(one), { state: 'withheld', reason: 'expired' });
  assert.equal(sink.messages.length, 0);
});

test('what a mail said is erased after a day with a secret, after a week without; not before it is sent', async (t) => {
  const sink = await smtpSink(t);
  const { db, row, deliver, find } = await post(t, sink);
  const [secret, plain, waiting] = [
    row('activation'),
    row('account-active'),
    row('activation', { to: 'w@example.fr' }),
  ];
  await deliver(secret);
  await deliver(plain);
  await db.insertInto('notice').values(waiting).execute();
  assert.equal(await purgeNoticeContents(db, later(23)), 0);
  assert.equal(await purgeNoticeContents(db, later(25)), 1);
  assert.equal((await find(secret)).content, null);
  assert.equal(await purgeNoticeContents(db, later(24 * 7 + 1)), 1);
  assert.notEqual((await find(waiting)).content, null);
  assert.equal(await purgeNotices(db, later(24 * 365 - 1)), 0);
  assert.equal(await purgeNotices(db, later(24 * 365 + 1)), 2);
  assert.ok(await find(waiting), 'what was never sent stays');
});
