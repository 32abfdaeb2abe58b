import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { deliverNotice } from '#src/delivery/deliver.ts';
import { retryDeadLetters } from '#src/notices/dead-letters.ts';
import { purgeNoticeContents, purgeNotices } from '#src/notices/purge.ts';
import { beginTry } from '#src/notices/tries.ts';
import { later, post, start } from '#test/notices/post.ts';
import { smtpSink } from '#test/setting/notices.ts';

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await reached())) await wait(20);
}

test('a mail that a server takes without an answer is not sent every quarter of an hour', async (t) => {
  const world = await post(t, await smtpSink(t));
  const { row, queue, find } = world;
  let now = start;
  let sent = 0;
  const send = async () => {
    sent += 1;
    return { state: 'deferred', reason: 'unanswered' } as const;
  };
  const queued = row('password-changed');
  await queue(queued);
  const data = { personKey: queued.person_key.toString('hex'), id: queued.id };
  const delivering = { ...world, clock: { now: () => now }, transport: { send } };
  for (let quarter = 0; quarter < 24 * 4; quarter += 1) {
    await deliverNotice(delivering, data);
    now = new Date(now.getTime() + 900_000);
  }
  assert.equal(sent, 5 + 11);
  now = later(25);
  await deliverNotice(delivering, data);
  assert.equal((await find(queued)).reason, 'gave-up-unanswered');
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
