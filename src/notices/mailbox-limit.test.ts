import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { remindPending } from '#src/lifecycle/activation-reminders.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { paths, withToken } from '#src/paths.ts';
import { change, latestMail, openAccountOf, signedInVisitor } from '#test/setting/account.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { choosePassword, contactOf, enrol } from '../../test/steps.ts';
import { Visitor } from '../../test/visitor.ts';

const venturi = personNamed('venturi');
const other = personNamed('nom-usage');
const day = 86_400_000;

/** Others who have proved who they are make us send as many mails to a mailbox as it may get. */
async function fill({ services, clock }: TestApp, address: string): Promise<void> {
  for (let i = 0; i < 5; i++) {
    const owner = { personKey: Buffer.alloc(32, i + 1), language: 'fr' } as const;
    const now = clock.now();
    const until = new Date(now.getTime() + day).toISOString();
    const content = {
      address,
      token: 'x'.repeat(43),
      code: '12345678',
      until,
      sentAt: now.toISOString(),
      accountUntil: '',
    };
    const row = ownerNotice(services, owner, 'address-taken', content, now);
    await queueNotice(services.db, services.jobs, row);
  }
}

async function alive({ services }: TestApp, purpose: 'activation' | 'new-address'): Promise<number> {
  const rows = await services.db
    .selectFrom('email_confirmation')
    .select('id')
    .where('purpose', '=', purpose)
    .where('superseded_at', 'is', null)
    .execute();
  return rows.length;
}

test('a full mailbox makes no account, and says when', async (t) => {
  const site = await testApp(t);
  await fill(site, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  await choosePassword(visitor, venturi);
  await visitor.get(paths.contact);
  const refused = await visitor.post(paths.contact, contactOf('venturi@exemple.fr'));
  assert.equal(refused.status, 422);
  assert.match(refused.html, /id="email-error"[\s\S]*Saisissez une autre adresse, ou recommencez/);
  assert.equal(await alive(site, 'activation'), 0);
  assert.equal((await visitor.post(paths.contact, contactOf('autre@exemple.fr'))).location, paths.waiting);
});

test('a reminder or a corrected address that would not leave replaces nothing', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  const { token = '' } = await latestMail(site, 'activation');
  await fill(site, 'juste@exemple.fr');
  await visitor.get(paths.waitingAddress);
  const address = { email: 'juste@exemple.fr', emailConfirmation: 'juste@exemple.fr' };
  assert.equal((await visitor.post(paths.waitingAddress, address)).status, 429);
  site.clock.advance(day);
  await fill(site, 'venturi@exemple.fr');
  assert.equal(await remindPending(site.services, site.clock.now()), 0);
  const mailbox = new Visitor(site.app);
  const link = withToken(paths.link, token);
  await mailbox.get(link);
  assert.equal((await mailbox.post(link)).location, paths.confirmed, 'the first link still confirms');
});

test('an account that cannot be read keeps no other from its reminder', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  await site.services.db
    .updateTable('account')
    .set({ contact: Buffer.alloc(60) })
    .execute();
  await enrol(new Visitor(site.app), other, 'autre@exemple.fr');
  site.clock.advance(day);
  await assert.rejects(remindPending(site.services, site.clock.now()), AggregateError);
  assert.equal((await latestMail(site, 'activation-reminder')).address, 'autre@exemple.fr');
});

test('a new address whose mailbox is full leaves the one that was asked before', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, venturi);
  const ask = (email: string) => change(visitor, paths.accountEmail, { email, emailConfirmation: email });
  assert.equal((await ask('premiere@exemple.fr')).location, paths.accountEmailCode);
  await fill(site, 'seconde@exemple.fr');
  assert.equal((await ask('seconde@exemple.fr')).status, 429);
  assert.equal(await alive(site, 'new-address'), 1);
  const { code = '' } = await latestMail(site, 'new-address');
  await visitor.get(paths.accountEmailCode);
  assert.equal((await visitor.post(paths.accountEmailCode, { code })).location, paths.accountInformation);
});

test('links that we never sent: thirty forms in ten minutes, none by looking, and none stops one that we sent', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), other, 'autre@exemple.fr');
  const { token = '' } = await latestMail(site, 'activation');
  const address = { 'x-forwarded-for': '203.0.113.7' };
  const visitor = new Visitor(site.app, address);
  const invented = withToken(paths.link, 'x'.repeat(43));
  for (let i = 0; i < 40; i++) assert.equal((await visitor.get(invented)).status, 404);
  await visitor.get(paths.identity);
  for (let i = 0; i < 30; i++) assert.equal((await visitor.post(invented)).status, 404, `${i}`);
  for (const path of [paths.link, paths.linkResend, paths.newPassword, paths.unsubscribeNow])
    assert.equal((await visitor.post(withToken(path, 'x'.repeat(43)))).status, 429, path);
  const link = withToken(paths.link, token);
  await visitor.get(link);
  assert.equal((await visitor.post(link)).location, paths.confirmed);
});
