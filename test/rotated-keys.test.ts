import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emailKey, openKeyring } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { resealAll } from '#src/installation/reseal.ts';
import { paths, withToken } from '#src/paths.ts';
import { change, latestMail, mailKinds, openAccountOf, signedInVisitor, signIn } from './setting/account.ts';
import { type TestApp, testApp } from './setting/application.ts';
import { enrol, identify } from './steps.ts';
import { Visitor } from './visitor.ts';

const venturi = personNamed('venturi');
const other = personNamed('carte-avec-photo');
const day = 86_400_000;

/** As after a restart with a second master key beside the one of `testApp`. */
async function rotate({ services }: TestApp): Promise<void> {
  const keyring = openKeyring(
    new Map([
      [2, Buffer.alloc(32, 8)],
      [1, Buffer.alloc(32, 7)],
    ]),
  );
  Object.assign(services, { keyring });
  await resealAll(services.db, keyring);
}

test('an address that was claimed before the keys were rotated is still taken', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'famille@exemple.fr');
  await rotate(site);
  site.clock.advance(1_000);
  await enrol(new Visitor(site.app), other, 'famille@exemple.fr');
  assert.deepEqual(await mailKinds(site), ['activation', 'address-taken']);
});

test('somebody who began before the keys were rotated goes on: reminder, link, sign-in, one account', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  await rotate(site);
  site.clock.advance(day + 1_000);
  await runHousekeeping(site.services);
  assert.deepEqual(await mailKinds(site), ['activation', 'activation-reminder']);
  const mailbox = new Visitor(site.app);
  const link = withToken(paths.link, (await latestMail(site, 'activation-reminder')).token ?? '');
  await mailbox.get(link);
  assert.equal((await mailbox.post(link)).location, paths.confirmed);
  assert.equal((await signIn(new Visitor(site.app), venturi.line.nir)).location, paths.account);
  await identify(new Visitor(site.app), venturi);
  assert.equal((await site.services.db.selectFrom('account').select('status').execute()).length, 1);
});

test('a new address that somebody holds since before the keys were rotated is taken', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'famille@exemple.fr');
  await openAccountOf(site, other, 'autre@exemple.fr');
  await rotate(site);
  const visitor = await signedInVisitor(site, other);
  await askAddress(visitor, 'famille@exemple.fr');
  const { code = '' } = await latestMail(site, 'address-taken');
  assert.equal((await mailKinds(site)).includes('new-address'), false);
  await visitor.post(paths.accountEmailCode, { code });
  assert.match((await visitor.get(paths.accountInformation)).html, /a•••••e@ex/);
});

test('a new address asked for before the keys were rotated, and taken by somebody after, is refused', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, other, 'autre@exemple.fr');
  await askAddress(await signedInVisitor(site, other), 'famille@exemple.fr');
  const { code = '' } = await latestMail(site, 'new-address');
  await rotate(site);
  await openAccountOf(site, venturi, 'famille@exemple.fr');
  const visitor = await signedInVisitor(site, other);
  await visitor.get(paths.accountEmailCode);
  await visitor.post(paths.accountEmailCode, { code });
  assert.match((await visitor.get(paths.accountInformation)).html, /a•••••e@ex/);
});

test('a new address asked for before the keys were rotated is confirmed after, under the new key', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, other, 'autre@exemple.fr');
  await askAddress(await signedInVisitor(site, other), 'famille@exemple.fr');
  const { code = '' } = await latestMail(site, 'new-address');
  await rotate(site);
  const visitor = await signedInVisitor(site, other);
  await visitor.get(paths.accountEmailCode);
  assert.equal((await visitor.post(paths.accountEmailCode, { code })).location, paths.accountInformation);
  const claims = await site.services.db.selectFrom('email_claim').select('email_key').execute();
  assert.deepEqual(
    claims.map(({ email_key }) => email_key),
    [emailKey(site.services.keyring, 'famille@exemple.fr')],
  );
});

async function askAddress(visitor: Visitor, email: string): Promise<void> {
  const seen = await change(visitor, paths.accountEmail, { email, emailConfirmation: email });
  assert.equal(seen.location, paths.accountEmailCode);
}
