import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openSmsGateway, type SmsTransport } from '#src/delivery/sms/gateway.ts';
import { registerSmsReports, smsReportPath } from '#src/delivery/sms/report-route.ts';
import { signReport } from '#src/delivery/sms/signature.ts';
import { openSmsSimulator } from '#src/demo/trays/sms-gateway.ts';
import { noticeRow, queueNotice } from '#src/notices/notice.ts';
import { withholdWaiting } from '#src/notices/withhold.ts';
import { testApp } from '../setting/application.ts';
import { postOffice } from '../setting/notices.ts';
import { sentDuring } from '../setting/statements.ts';

const secret = 'un secret de rappel, assez long pour cela';
const person = Buffer.alloc(32, 5);

async function opened(t: TestContext, sms: SmsTransport | null) {
  const site = await testApp(t);
  await registerSmsReports(site.app, site.services, secret);
  const post = await postOffice(t, site, { sms });
  const { db, keyring, jobs, clock } = site.services;
  return {
    ...site,
    post,
    async queue(number = '+33639980001', minutes = 10) {
      site.clock.advance(1_000);
      const personKey = randomBytes(32);
      const row = noticeRow({
        keyring,
        personKey,
        id: randomUUID(),
        kind: 'provisional-code-sms',
        language: 'fr',
        content: {
          number,
          code: '04215678',
          until: new Date(clock.now().getTime() + minutes * 60_000).toISOString(),
        },
        recipientKey: null,
        now: clock.now(),
      });
      await db
        .insertInto('provisional_code')
        .values({
          person_key: personKey,
          id: randomUUID(),
          channel: 'sms',
          code_hash: randomBytes(32),
          created_at: clock.now(),
          dead_at: new Date(clock.now().getTime() + minutes * 60_000),
          notice_id: row.id,
        })
        .execute();
      await db.transaction().execute((trx) => queueNotice(trx, jobs, row));
      return row.id;
    },
    notice: (id: string) =>
      db.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    report: (fields: object, { at = clock.now(), header = '', body = JSON.stringify(fields) } = {}) =>
      site.app.inject({
        method: 'POST',
        url: smsReportPath,
        payload: body,
        headers: {
          host: 'localhost',
          'content-type': 'application/json',
          'x-signature': header || signReport(secret, body, at),
        },
      }),
  };
}

test('an SMS reaches the tray of the demo once, and its report comes back signed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sms-'));
  const site = await testApp(t);
  const simulator = await openSmsSimulator(folder, site.clock);
  t.after(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });
  await registerSmsReports(site.app, site.services, simulator.settings.callbackSecret);
  await site.app.listen({ host: '127.0.0.1', port: 0 });
  const [address] = site.app.addresses();
  simulator.reportTo(`http://localhost:${address instanceof Object ? address.port : 0}`);
  const { keyring, db, clock } = site.services;
  const row = noticeRow({
    keyring,
    personKey: person,
    id: randomUUID(),
    kind: 'account-created-sms',
    language: 'fr',
    content: { number: '+33639980001', dispute: 'H4R7W2NKT93C', disputeUntil: '2026-12-01T22:59:59.999Z' },
    recipientKey: null,
    now: clock.now(),
  });
  await db.insertInto('notice').values(row).execute();
  const post = await postOffice(t, site, { sms: openSmsGateway(simulator.settings) });
  assert.deepEqual(await post.deliverAll(), [{ state: 'handed-over' }]);
  const [first, ...others] = simulator.tray.list();
  assert.deepEqual(others, []);
  assert.deepEqual([first?.a, first?.code], ['+33639980001', 'H4R7W2NKT93C']);
  assert.match(first?.texte ?? '', /^compte ameli : un compte a été ouvert à votre nom/);
  const delivered = () =>
    db.selectFrom('notice').select('delivered_at').where('id', '=', row.id).executeTakeFirstOrThrow();
  while ((await delivered()).delivered_at === null) await new Promise((done) => setTimeout(done, 20));

  const again = await openSmsGateway(simulator.settings).send(
    { to: '+33639980001', text: 'encore', reference: row.id },
    clock.now(),
  );
  assert.deepEqual(again, { state: 'handed-over' }, 'the same key answers alike');
  assert.equal(simulator.tray.list().length, 1);
  const stranger = openSmsGateway({ ...simulator.settings, token: 'x' });
  const refused = await stranger.send(
    { to: '+33639980001', text: 'x', reference: randomUUID() },
    clock.now(),
  );
  assert.deepEqual(refused, { state: 'deferred', reason: 'gateway-401' });
  const reopened = await openSmsSimulator(folder, site.clock);
  t.after(() => reopened.close());
  assert.deepEqual(reopened.tray.list(), simulator.tray.list(), 'kept over a restart');
});

test('only French and overseas mobiles are written to, within the budget of the installation', async (t) => {
  const numbers: string[] = [];
  const site = await opened(t, {
    send: async ({ to }) => {
      numbers.push(to);
      return { state: 'handed-over' };
    },
  });
  const dialled = new Map([
    ['0639980001', '+33639980001'],
    ['+33692123456', '+262692123456'],
  ]);
  for (const number of ['+447911123456', '+33123456789', '+33899123456', ...dialled.keys()]) {
    const id = await site.queue(number);
    const [outcome] = await site.post.deliverAll();
    const good = dialled.has(number);
    assert.deepEqual(outcome, good ? { state: 'handed-over' } : { state: 'refused', reason: 'not-mobile' });
    assert.equal((await site.notice(id)).state, good ? 'handed-over' : 'refused');
  }
  assert.deepEqual(numbers, [...dialled.values()]);
  Object.assign(site.services.policy.limits.smsBudget, { max: 8, perSeconds: 3_600 });
  for (let i = 0; i < 6; i++) await site.queue();
  const states = (await site.post.deliverAll()).map(({ state }) => state);
  assert.equal(states.filter((state) => state === 'handed-over').length, 3, 'five were made before');
  assert.equal(states.filter((state) => state === 'withheld').length, 3);
  site.clock.advance(3_601_000);
  await site.queue();
  assert.deepEqual(await site.post.deliverAll(), [{ state: 'handed-over' }]);
});

test('a gateway that asks for patience gets it; without one, SMS wait and are given up', async (t) => {
  let calls = 0;
  const answers: Awaited<ReturnType<SmsTransport['send']>>[] = [];
  const gateway: SmsTransport = {
    send: async () => {
      calls += 1;
      return answers.shift() ?? { state: 'handed-over' };
    },
  };
  const site = await opened(t, gateway);
  const id = await site.queue('+33639980001', 2_000);
  answers.push({
    state: 'deferred',
    reason: 'sms-429',
    notBefore: new Date(site.clock.now().getTime() + 300_000),
  });
  await site.post.deliverAll();
  site.clock.advance(299_000);
  assert.deepEqual(await site.post.deliverAll(), [{ state: 'deferred', reason: 'sms-429' }]);
  assert.equal(calls, 1);
  site.clock.advance(1_000);
  await site.post.deliverAll();
  assert.equal((await site.notice(id)).state, 'handed-over');

  const none = await opened(t, null);
  const lonely = await none.queue('+33639980001', 3_000);
  assert.deepEqual(await none.post.deliverAll(), [{ state: 'deferred', reason: 'no-gateway' }]);
  none.clock.advance(24 * 3_600_000 + 1_000);
  await none.post.deliverAll();
  assert.equal((await none.notice(lonely)).reason, 'gave-up-no-gateway');
});

test('a report that overtakes the answer of the gateway counts, and nothing is sent again', async (t) => {
  const ends: ((reference: string) => Promise<Awaited<ReturnType<SmsTransport['send']>>>)[] = [];
  let sent = 0;
  const site = await opened(t, {
    send: async ({ reference }) => {
      sent += 1;
      return (await ends.shift()?.(reference)) ?? { state: 'handed-over' };
    },
  });
  const reports = (state: string) => async (reference: string) => {
    const report = { reference, state, at: site.clock.now().toISOString() };
    assert.equal((await site.report(report)).statusCode, 204);
    return { state: 'deferred', reason: 'timeout' } as const;
  };
  for (const [state, stored] of [
    ['delivered', 'handed-over'],
    ['failed', 'bounced'],
  ] as const) {
    const id = await site.queue();
    ends.push(reports(state));
    await site.post.deliverAll();
    assert.equal((await site.notice(id)).state, stored);
    assert.equal((await site.notice(id)).delivered_at !== null, state === 'delivered');
  }
  await site.post.deliverAll();
  assert.equal(sent, 2);

  const frozen = await site.queue();
  ends.push(async () => {
    const { person_key: person } = await site.notice(frozen);
    await withholdWaiting(site.services.db, person, 'account-frozen', site.clock.now());
    return { state: 'handed-over' };
  });
  await site.post.deliverAll();
  const left = await site.notice(frozen);
  assert.deepEqual([left.state, left.reason, left.settled_at], ['handed-over', null, null], 'it left');
  const delivered = { reference: frozen, state: 'delivered', at: site.clock.now().toISOString() };
  await site.report(delivered);
  assert.ok((await site.notice(frozen)).delivered_at);
});

test('a code that leaves late keeps its ten minutes; one that was replaced does not leave', async (t) => {
  const texts: string[] = [];
  const answers: Awaited<ReturnType<SmsTransport['send']>>[] = [];
  const site = await opened(t, {
    send: async ({ text }) => {
      texts.push(text);
      return answers.shift() ?? { state: 'handed-over' };
    },
  });
  const deadAt = async (id: string) =>
    (
      await site.services.db
        .selectFrom('provisional_code')
        .select('dead_at')
        .where('notice_id', '=', id)
        .executeTakeFirstOrThrow()
    ).dead_at;
  answers.push({ state: 'deferred', reason: 'gateway-503' });
  const id = await site.queue();
  const queuedAt = site.clock.now().getTime();
  await site.post.deliverAll();
  assert.deepEqual(await deadAt(id), new Date(queuedAt + 10 * 60_000));
  site.clock.advance(15 * 60_000);
  await site.post.deliverAll();
  assert.deepEqual(await deadAt(id), new Date(queuedAt + 25 * 60_000));
  assert.match(texts[0] ?? '', /jusqu'à 10 h 10/);
  assert.match(texts[1] ?? '', /jusqu'à 10 h 25/);

  const replaced = await site.queue();
  await site.services.db
    .updateTable('provisional_code')
    .set({ superseded_at: site.clock.now() })
    .where('notice_id', '=', replaced)
    .execute();
  site.clock.advance(61_000);
  assert.deepEqual(await site.post.deliverAll(), [{ state: 'withheld', reason: 'superseded' }]);
  assert.equal(texts.length, 2);
});

test('reports: signed only, within five minutes, once; forgeries, replays and strangers change nothing', async (t) => {
  const site = await opened(t, { send: async () => ({ state: 'handed-over' }) });
  const [reference, other] = [await site.queue(), await site.queue()];
  await site.post.deliverAll();
  const now = site.clock.now();
  const good = { reference, state: 'failed', at: now.toISOString() };
  const minutes = (n: number) => new Date(now.getTime() + n * 60_000);
  const unsigned: [string, Parameters<typeof site.report>[1]][] = [
    ['no signature', { header: ' ' }],
    ['another secret', { header: signReport('x'.repeat(40), JSON.stringify(good), now) }],
    ['another body', { header: signReport(secret, '{}', now) }],
    ['too old', { at: minutes(-5.1) }],
    ['from the future', { at: minutes(5.1) }],
  ];
  for (const [what, options] of unsigned)
    assert.equal((await site.report(good, options)).statusCode, 401, what);
  for (const wrong of [
    {},
    { ...good, state: 'eaten' },
    { ...good, reference: "' or 1=1" },
    { ...good, at: 'now' },
  ])
    assert.equal((await site.report(wrong)).statusCode, 400);
  assert.equal((await site.report({}, { body: '{"a":' })).statusCode, 400);
  assert.equal((await site.report({}, { body: `"${'x'.repeat(5_000)}"` })).statusCode, 413);
  const form = await site.app.inject({
    method: 'POST',
    url: smsReportPath,
    payload: `reference=${reference}&state=failed`,
    headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(form.statusCode, 415, 'a form of a browser is not read');
  assert.equal((await site.notice(reference)).state, 'handed-over');

  assert.equal((await site.report({ ...good, reference: randomUUID() })).statusCode, 204, 'nobody’s');
  assert.equal((await site.report(good)).statusCode, 204);
  assert.equal((await site.report({ ...good, state: 'delivered' })).statusCode, 204, 'too late');
  const { state, reason, delivered_at } = await site.notice(reference);
  assert.deepEqual([state, reason, delivered_at], ['bounced', 'sms-failed', null]);
  const report = async () => assert.ok(await site.report({ ...good, reference: other, state: 'delivered' }));
  // Whose notice it is; what became of it.
  for (let i = 0; i < 3; i++) assert.equal((await sentDuring(report)).length, 2);
  await site.report({ ...good, reference: other, state: 'failed' });
  assert.equal((await site.notice(other)).state, 'handed-over');
  assert.deepEqual((await site.notice(other)).delivered_at, now);
  const bounced = await site.services.db
    .selectFrom('audit_event')
    .select('details')
    .where('kind', '=', 'notice-bounced')
    .execute();
  assert.equal(bounced.length, 1);
  assert.equal(/\+33|04215678/.test(site.log.join('')), false);
  const told = site.log.filter((line) => line.includes('"event":"noticeSettled"'));
  assert.equal(told.length, 2, 'each fate once');
  assert.match(
    told[0] ?? '',
    new RegExp(
      `"personRef":"[0-9a-f]{8}","reason":"sms-failed","noticeId":"${reference}","kind":"[a-z-]+","channel":"sms","state":"bounced"`,
    ),
  );
});
