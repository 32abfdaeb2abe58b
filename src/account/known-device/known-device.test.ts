import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { paths, withToken } from '#src/paths.ts';
import { change, latestMail, mailKinds, openAccountOf, signIn } from '#test/setting/account.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { enrol, goodPassword } from '../../../test/steps.ts';
import { Visitor } from '../../../test/visitor.ts';

const venturi = personNamed('venturi');
const { nir } = venturi.line;
const day = 86_400_000;
const wrong = 'Pas.Le.Bon1';

/** A browser that has signed in and out. */
async function ownBrowser(site: TestApp, number = nir): Promise<Visitor> {
  const visitor = new Visitor(site.app);
  assert.equal((await signIn(visitor, number)).location, paths.account);
  await signOut(visitor);
  return visitor;
}

async function signOut(visitor: Visitor): Promise<void> {
  await visitor.get(paths.account);
  await visitor.post(paths.signOut);
}

function from({ app }: TestApp, number: number): Visitor {
  return new Visitor(app, { 'x-forwarded-for': `198.51.${number >> 8}.${number & 255}` });
}

async function devices({ services: { db } }: TestApp): Promise<number> {
  return (await db.selectFrom('known_device').select('token_hash').execute()).length;
}

test('many hostile attempts neither block the owner’s browser nor reveal that there is an account', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const owner = await ownBrowser(site);
  const nobody = '2690549588157';
  for (let i = 0; i < 60; i++) {
    const seen = [];
    for (const number of [nir, nobody]) {
      const { status, html, headers } = await signIn(from(site, i), number, wrong);
      seen.push([status, html.replaceAll(/ value="[^"]*"/g, ''), headers['retry-after']]);
    }
    assert.deepEqual(seen[0], seen[1], `try ${i}`);
    if (i % 5 === 4 && i < 59) site.clock.advance(2 * 3_600_000);
  }
  assert.equal((await signIn(from(site, 99), nir)).status, 422, 'elsewhere the right password waits');
  assert.equal((await signIn(owner, nir)).location, paths.account);
  assert.equal((await signIn(from(site, 99), nir)).status, 422, 'and still does');
});

test('a hundred failures of strangers disable the password for strangers only', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const owner = await ownBrowser(site);
  const almost = () =>
    site.services.db.updateTable('attempt').set({ consecutive: 99 }).where('kind', '=', 'sign-in').execute();
  await signIn(from(site, 1), nir, wrong);
  await almost();
  await signIn(from(site, 1), nir, wrong);
  assert.ok((await mailKinds(site)).includes('password-disabled'));
  site.clock.advance(31 * day);
  assert.equal((await signIn(from(site, 2), nir)).status, 422, 'for good');
  assert.equal((await signIn(owner, nir)).location, paths.account);
  await change(owner, paths.accountPassword, { motDePasse: 'Autre.Lune.9', confirmation: 'Autre.Lune.9' });
  site.clock.advance(2 * 3_600_000);
  assert.equal(
    (await signIn(from(site, 3), nir, 'Autre.Lune.9')).location,
    paths.account,
    'a new one opens again',
  );
});

test('the owner’s sign-ins reset the consecutive failures, not the failures', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const owner = await ownBrowser(site);
  for (let i = 0; i < 5; i++) await signIn(from(site, i), nir, wrong);
  assert.equal((await signIn(owner, nir)).location, paths.account);
  const row = await site.services.db
    .selectFrom('attempt')
    .select(['failures', 'consecutive', 'blocked_until'])
    .where('kind', '=', 'sign-in')
    .executeTakeFirstOrThrow();
  assert.deepEqual([row.failures.length, row.consecutive], [5, 0]);
  assert.ok(row.blocked_until, 'strangers wait on');
});

test('a known browser has limits of its own, as strict as the others, which block no one else', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const owner = await ownBrowser(site);
  for (let i = 0; i < 5; i++) assert.equal((await signIn(owner, nir, wrong)).status, 422);
  const suspended = await signIn(owner, nir);
  assert.equal(suspended.status, 422, 'the right one waits too');
  assert.match(suspended.html, /à\u00a010\u00a0h\u00a002 \(heure de Paris\)/);
  assert.equal((await signIn(from(site, 1), nir)).location, paths.account);
  site.clock.advance(61_000);
  assert.equal((await signIn(owner, nir)).location, paths.account);
});

test('two people share a browser: it is known to each, and nothing stored links them', async (t) => {
  const site = await testApp(t);
  const other = personNamed('nom-usage');
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await openAccountOf(site, other, 'autre@exemple.fr');
  const visitor = await ownBrowser(site);
  await signIn(visitor, other.line.nir);
  const rows = await site.services.db.selectFrom('known_device').select('token_hash').execute();
  assert.equal(new Set(rows.map(({ token_hash }) => token_hash.toString('hex'))).size, 2);
  await signOut(visitor);
  for (let i = 0; i < 6; i++)
    for (const number of [nir, other.line.nir]) await signIn(from(site, i), number, wrong);
  for (const number of [nir, other.line.nir]) {
    assert.equal((await signIn(visitor, number)).location, paths.account);
    await signOut(visitor);
  }
});

test('a browser is known for one person only, and an invented cookie for none', async (t) => {
  const site = await testApp(t);
  const other = personNamed('nom-usage');
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await openAccountOf(site, other, 'autre@exemple.fr');
  const thief = await ownBrowser(site, other.line.nir);
  const invented = new Visitor(site.app);
  invented.cookies.set('appareil', 'A'.repeat(43));
  for (let i = 0; i < 5; i++) await signIn(from(site, i), nir, wrong);
  for (const visitor of [thief, invented]) assert.equal((await signIn(visitor, nir)).status, 422);
});

test('a cookie copied or planted before somebody signs in is not known afterwards', async (t) => {
  const site = await testApp(t);
  const thief = personNamed('nom-usage');
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await openAccountOf(site, thief, 'autre@exemple.fr');
  const shared = await ownBrowser(site, thief.line.nir);
  const ofThief = shared.cookies.get('appareil') ?? '';
  await signIn(shared, nir);
  await signOut(shared);
  const ofOwner = shared.cookies.get('appareil') ?? '';
  const planted = new Visitor(site.app);
  planted.cookies.set('appareil', 'A'.repeat(43));
  await signIn(planted, nir);
  await signIn(shared, nir);
  await signOut(shared);
  for (let i = 0; i < 5; i++) await signIn(from(site, i), nir, wrong);
  for (const kept of [ofThief, ofOwner, 'A'.repeat(43)]) {
    const elsewhere = from(site, 99);
    elsewhere.cookies.set('appareil', kept);
    assert.equal((await signIn(elsewhere, nir)).status, 422);
  }
  assert.equal((await signIn(shared, nir)).location, paths.account);
});

test('five browsers at most, thirteen months at most', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const first = await ownBrowser(site);
  for (let i = 0; i < 5; i++) {
    site.clock.advance(1_000);
    await ownBrowser(site);
  }
  assert.equal(await devices(site), 5);
  for (let i = 0; i < 5; i++) await signIn(from(site, i), nir, wrong);
  assert.equal((await signIn(first, nir)).status, 422, 'the oldest is forgotten');
  site.clock.advance(394 * day);
  await runHousekeeping(site.services);
  assert.equal(await devices(site), 5);
  site.clock.advance(2 * day);
  await runHousekeeping(site.services);
  assert.equal(await devices(site), 0);
});

test('a new password forgets all known browsers but the one of the link; so does the person’s request', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const owner = await ownBrowser(site);
  await signIn(owner, nir);
  assert.match((await owner.get(paths.accountDevices)).html, /le\u00a02\u00a0mars\u00a02026/);
  assert.equal((await owner.post(paths.accountDevices)).location, paths.accountDevices);
  assert.equal(await devices(site), 0);
  assert.match((await owner.get(paths.accountDevices)).html, /Aucun appareil/);
  await signOut(owner);

  await signIn(owner, nir);
  assert.equal(await devices(site), 1);
  const id = async () => /appareil=(\w+)/.exec((await owner.get(paths.accountDevices)).html)?.[1] ?? '';
  const listed = await id();
  const twin = owner.twin();
  twin.cookies.delete('session');
  assert.equal((await signIn(twin, nir)).location, paths.account);
  const said = async (appareil: string) => {
    assert.equal((await owner.post(paths.accountDevices, { appareil })).location, paths.accountDevices);
    return (await owner.get(paths.accountDevices)).html;
  };
  assert.doesNotMatch(
    await said(listed),
    /Cet appareil est oublié/,
    'it has signed in since, under another id',
  );
  assert.match(await said(await id()), /Cet appareil est oublié/);
  assert.equal(await devices(site), 0);
  const password = 'Autre.Lune.9';
  await change(owner, paths.accountPassword, { motDePasse: password, confirmation: password });
  assert.equal(await devices(site), 0);
  await signOut(owner);

  await signIn(owner, nir, password);
  assert.equal(await devices(site), 1);
  const visitor = new Visitor(site.app);
  await visitor.get(paths.forgotten);
  await visitor.post(paths.forgotten, { nir });
  const { token = '' } = await latestMail(site, 'password-reset');
  const link = withToken(paths.newPassword, token);
  await visitor.get(link);
  await visitor.post(link, { motDePasse: goodPassword, confirmation: goodPassword });
  assert.equal(await devices(site), 1);
  for (let i = 0; i < 5; i++) await signIn(from(site, i), nir, wrong);
  assert.equal((await signIn(owner, nir)).status, 422);
  assert.equal((await signIn(visitor, nir)).location, paths.account, 'locked again meanwhile, but not here');
});

test('an unconfirmed account makes no browser known', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  assert.equal((await signIn(visitor, nir)).location, paths.waiting);
  assert.equal(visitor.cookies.has('appareil'), false);
  assert.equal(await devices(site), 0);
});
