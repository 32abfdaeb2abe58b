import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeFor, reopenFor } from '#src/lifecycle/close-accounts.ts';
import { paths } from '#src/paths.ts';
import { disableAccount, enableAccount } from '#src/person/change-doors.ts';
import { unlockPerson } from '#src/person/unlock-person.ts';
import { address, ange, day } from '../avis/depot.ts';
import { latestMail, mailKinds, openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { Visitor } from '../visitor.ts';
import { foundBy, order, standing } from './operator.ts';

const { nir } = ange.line;

test('an operator closes an account: its sessions are dead at once, and nothing tells who tries', async (t) => {
  const site = await testApp(t);
  const { services, clock } = site;
  await openAccountOf(site, ange, address);
  const owner = await signedInVisitor(site, ange);
  const found = await foundBy(site, address);
  const rehearsal = { ...order, isRehearsal: true };
  const would = await disableAccount(services, found, rehearsal, clock.now());
  assert.deepEqual(would, { kind: 'changed', status: 'active', told: address });
  assert.equal((await owner.get(paths.account)).status, 200);

  assert.deepEqual(await disableAccount(services, found, order, clock.now()), would);
  assert.equal((await owner.get(paths.account)).location, paths.signIn);
  assert.ok((await mailKinds(site)).includes('account-disabled'));
  const refused = await signIn(new Visitor(site.app), nir);
  const unknown = await signIn(new Visitor(site.app), '2690549588164');
  assert.deepEqual([refused.status, refused.title], [unknown.status, unknown.title], 'as an unknown number');
  const twice = await disableAccount(services, found, order, clock.now());
  assert.deepEqual(twice, { kind: 'refused', status: 'disabled', closedFor: null });

  await services.db.transaction().execute((trx) => closeFor(trx, 'deceased', [found.personKey], clock.now()));
  const dead = await enableAccount(services, found, order, clock.now());
  assert.deepEqual(dead, { kind: 'refused', status: 'disabled', closedFor: 'deceased' });
  await services.db
    .transaction()
    .execute((trx) => reopenFor(trx, 'deceased', [found.personKey], clock.now()));
  assert.equal(
    await standing(site),
    'disabled',
    'a report of death that was wrong opens no door that was closed before',
  );

  const enabled = await enableAccount(services, found, order, clock.now());
  assert.deepEqual(enabled, { kind: 'changed', status: 'active', told: address });
  assert.deepEqual(await latestMail(site, 'account-enabled'), { address });
  clock.advance(day);
  await signedInVisitor(site, ange);
  assert.equal((await enableAccount(services, found, order, clock.now())).kind, 'refused');
  const events = await services.db
    .selectFrom('audit_event')
    .select(['kind', 'actor_id', 'details'])
    .where('actor', '=', 'agent')
    .orderBy('seq')
    .execute();
  assert.deepEqual(events, [
    { kind: 'account-disabled', actor_id: 'A-12', details: { was: 'active', reason: order.reason } },
    { kind: 'account-enabled', actor_id: 'A-12', details: { is: 'active', reason: order.reason } },
  ]);
});

test('strangers tried Ange’s password until nobody could: the operator ends all waits', async (t) => {
  const site = await testApp(t);
  const { services, clock } = site;
  await openAccountOf(site, ange, address);
  const known = await signedInVisitor(site, ange);
  assert.equal((await known.get(paths.account)).status, 200);
  const found = await foundBy(site, nir);
  assert.deepEqual(await unlockPerson(services, found, order, clock.now()), { kind: 'nothing' });
  for (let tries = 0; tries < 6; tries += 1) await signIn(new Visitor(site.app), nir, 'faux');
  assert.equal((await signIn(new Visitor(site.app), nir)).location, null, 'the right password has to wait');
  const unlocked = await unlockPerson(services, found, order, clock.now());
  assert.deepEqual(unlocked, { kind: 'unlocked', counters: 2, password: false, told: address });
  assert.equal((await signIn(new Visitor(site.app), nir)).location, paths.account);
  assert.deepEqual(await latestMail(site, 'account-unlocked'), { address });

  await services.db.updateTable('credential').set({ state: 'known-devices-only' }).execute();
  const restricted = await unlockPerson(services, found, order, clock.now());
  assert.ok(restricted.kind === 'unlocked' && restricted.password);
  assert.equal((await signIn(new Visitor(site.app), nir)).location, paths.account);
});
