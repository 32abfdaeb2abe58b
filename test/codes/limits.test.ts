import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownChannel } from '#src/codes/rules.ts';
import { findOpenCode } from '#src/codes/store.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { isOneTooMany } from '#src/delivery/one-too-many.ts';
import { type RequestNeeds, requestCode } from '#src/enrolment/other-ways/request-code.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { limitRules } from '#src/limits/rules.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { contactOf, goodPassword, submit } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { arriveWithoutCard, ask, codeSent, enter, noticeKinds } from './channels.ts';

const marchenoir = personNamed('sans-carte');
const delarbre = personNamed('ni-carte-ni-contact');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

async function sentBy(site: TestApp, canal: keyof typeof noticeKinds): Promise<number> {
  return (await site.mails()).filter(({ kind }) => kind === noticeKinds[canal]).length;
}

/** Person number `index`, with a mobile of their own, requests a code by SMS. */
async function requestSms(needs: RequestNeeds, site: TestApp, index: number, ip = `198.51.100.${index}`) {
  const client = clientOf(site.services, ip);
  const nir = `1${String(index).padStart(12, '0')}`;
  const number = `+336${String(index).padStart(8, '0')}`;
  const to: KnownChannel = { channel: 'sms', to: number, counted: number, masked: '' };
  const key = personKey(needs.keyring, nir);
  return requestCode(needs, {
    personKey: key,
    nir,
    to,
    openAccount: null,
    older: await findOpenCode(needs.db, key, 'sms'),
    own: true,
    client,
    language: 'fr',
    now: site.clock.now(),
  });
}

test('letters: one a day, three in thirty days, and the page says when', async (t) => {
  const site = await testApp(t);
  const { app, clock } = site;
  const askFor = async () => {
    const visitor = new Visitor(app);
    await arriveWithoutCard(visitor, delarbre);
    return ask(visitor, 'courrier');
  };
  assert.equal((await askFor()).location, paths.provisionalCode);
  clock.advance(hour);
  const held = await askFor();
  assert.equal(held.status, 429);
  assert.equal(held.headers['retry-after'], String(23 * 3600));
  assert.match(
    held.html,
    /Vous pourrez en demander un le\u00a03\u00a0mars\u00a02026 à\u00a010\u00a0h\u00a000/,
  );
  assert.match(held.html, /appelez votre caisse au 3646/);
  clock.advance(23 * hour - 1000);
  assert.equal((await askFor()).status, 429);
  clock.advance(2000);
  assert.equal((await askFor()).location, paths.provisionalCode);
  clock.advance(2 * day);
  assert.equal((await askFor()).location, paths.provisionalCode);
  clock.advance(5 * day);
  assert.equal((await askFor()).status, 429);
  clock.advance(23 * day);
  assert.equal((await askFor()).location, paths.provisionalCode);
  assert.equal(await sentBy(site, 'courrier'), 4);
});

test('a refusal says what is possible now; the older code is still valid', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, marchenoir);
  for (let i = 0; i < 3; i += 1) {
    assert.equal((await ask(visitor, 'sms')).location, paths.provisionalCode);
    site.clock.advance(minute);
  }
  const held = await ask(visitor, 'sms');
  assert.equal(held.status, 429);
  assert.match(held.html, /Dès maintenant, vous pouvez en recevoir un par email ou par courrier\./);
  assert.equal(await sentBy(site, 'sms'), 3);
  const alive = await site.services.db
    .selectFrom('provisional_code')
    .selectAll()
    .where('superseded_at', 'is', null)
    .execute();
  assert.equal(alive.length, 1);
  const withheld = await site.services.db
    .selectFrom('audit_event')
    .select('details')
    .where('kind', '=', 'code-withheld')
    .execute();
  assert.deepEqual(withheld, [{ details: { channel: 'sms', reason: 'sms-number' } }]);
  site.clock.advance(hour);
  const later = new Visitor(site.app);
  await arriveWithoutCard(later, marchenoir);
  assert.equal((await ask(later, 'sms')).status, 303);
});

test('codes by e-mail count with the other mails of the mailbox', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, marchenoir);
  for (let i = 0; i < 5; i += 1) {
    assert.equal((await ask(visitor, 'courriel')).status, 303);
    site.clock.advance(minute);
  }
  assert.equal((await ask(visitor, 'courriel')).status, 429);
  assert.equal(await sentBy(site, 'courriel'), 5);
  site.clock.advance(day - 5 * minute + 1000);
  const later = new Visitor(site.app);
  await arriveWithoutCard(later, marchenoir);
  assert.equal((await ask(later, 'courriel')).status, 303);
});

test('mails caused by outsiders never block the link of a person who has proved their identity', async (t) => {
  const site = await testApp(t);
  const stranger = new Visitor(site.app);
  await arriveWithoutCard(stranger, marchenoir);
  for (let i = 0; i < 5; i += 1) {
    assert.equal((await ask(stranger, 'courriel')).status, 303);
    site.clock.advance(minute);
  }
  const code = await codeSent(site, 'courriel');
  const owner = new Visitor(site.app);
  assert.equal((await enter(owner, marchenoir, code)).location, paths.terms);
  await submit(owner, paths.terms, { accord: 'oui' }, paths.password);
  const password = { motDePasse: goodPassword, confirmation: goodPassword };
  await submit(owner, paths.password, password, paths.contact);
  await submit(owner, paths.contact, contactOf(marchenoir.line.knownEmail ?? ''), paths.waiting);
  assert.equal((await site.mails()).filter(({ kind }) => kind === 'activation').length, 1);
  const activation = await site.services.db
    .selectFrom('notice')
    .selectAll()
    .where('kind', '=', 'activation')
    .executeTakeFirstOrThrow();
  assert.equal(await isOneTooMany(site.services, { kind: 'activation' }, activation), false, 'and it leaves');
});

test('one client causes a limited number of SMS a day, whatever their recipients', async (t) => {
  const site = await testApp(t);
  const client = '203.0.113.5';
  const answers = [];
  for (let i = 0; i < 12; i += 1) answers.push(await requestSms(site.services, site, i, client));
  assert.equal(answers.filter(({ kind }) => kind === 'sent').length, 10);
  assert.equal((await requestSms(site.services, site, 12, '203.0.113.6')).kind, 'sent');
});

test('the budget holds for all SMS together, whatever the concurrency', async (t) => {
  const site = await testApp(t);
  const policy = loadPolicy('ameli-2025');
  const tight = { ...policy, limits: { ...policy.limits, smsBudget: { max: 20, perSeconds: 3600 } } };
  const needs = { ...site.services, policy: tight, limits: limitRules(tight) };
  const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => requestSms(needs, site, index)));
  assert.equal(answers.filter(({ kind }) => kind === 'sent').length, 20);
  assert.equal(await sentBy(site, 'sms'), 20);
  site.clock.advance(hour + 1000);
  assert.equal((await requestSms(needs, site, 99)).kind, 'sent');
});

test('the breaker opens when too few of the last codes by SMS were used, and closes within a day', async (t) => {
  const site = await testApp(t);
  const policy = loadPolicy('ameli-2025');
  const smsBreaker = { sample: 10, usedAtLeast: 0.2 };
  const tight = { ...policy, limits: { ...policy.limits, smsBreaker } };
  const needs = { ...site.services, policy: tight, limits: limitRules(tight) };
  const { db } = site.services;
  for (let i = 0; i < 10; i += 1) assert.equal((await requestSms(needs, site, i)).kind, 'sent');
  assert.equal(
    (await requestSms(needs, site, 10)).kind,
    'sent',
    'codes that can still be used say nothing yet',
  );
  site.clock.advance(11 * minute);
  const refused = await requestSms(needs, site, 11);
  assert.ok(refused.kind === 'blocked');
  assert.equal(refused.until.getTime(), site.clock.now().getTime() + day - 11 * minute);
  await db
    .updateTable('provisional_code')
    .set({ used_at: site.clock.now() })
    .where('channel', '=', 'sms')
    .execute();
  assert.equal((await requestSms(needs, site, 12)).kind, 'sent', 'they were used');
  await db.updateTable('provisional_code').set({ used_at: null }).execute();
  assert.equal((await requestSms(needs, site, 13)).kind, 'blocked');
  await db.updateTable('notice').set({ state: 'deferred' }).execute();
  assert.equal((await requestSms(needs, site, 14)).kind, 'sent', 'SMS that never left are nobody’s fault');
  await db.updateTable('notice').set({ state: 'handed-over' }).execute();
  assert.equal((await requestSms(needs, site, 15)).kind, 'blocked');
  site.clock.advance(day);
  assert.equal((await requestSms(needs, site, 16)).kind, 'sent');
});

test('a refused request counts nowhere', async (t) => {
  const site = await testApp(t);
  const client = '203.0.113.5';
  for (let i = 0; i < 3; i += 1) {
    assert.equal((await requestSms(site.services, site, 1, client)).kind, 'sent');
    site.clock.advance(minute);
  }
  for (let i = 0; i < 20; i += 1)
    assert.equal((await requestSms(site.services, site, 1, client)).kind, 'blocked');
  for (let i = 2; i < 9; i += 1)
    assert.equal((await requestSms(site.services, site, i, client)).kind, 'sent', `number ${i}`);
  assert.equal((await requestSms(site.services, site, 9, client)).kind, 'blocked');
});

test('codes are deleted thirty days after they expired', async (t) => {
  const site = await testApp(t);
  const { db } = site.services;
  await requestSms(site.services, site, 1);
  const count = async () => (await db.selectFrom('provisional_code').select('id').execute()).length;
  site.clock.advance(30 * day);
  await runHousekeeping(site.services);
  assert.equal(await count(), 1);
  site.clock.advance(11 * minute);
  await runHousekeeping(site.services);
  assert.equal(await count(), 0);
});
