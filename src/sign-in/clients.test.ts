import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personKey } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { latestMail, openAccountOf, signIn } from '#test/setting/account.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { goodPassword } from '#test/steps.ts';
import { Visitor } from '#test/visitor.ts';

const venturi = personNamed('venturi');
const other = personNamed('nom-usage');
const { nir } = venturi.line;
const wrong = 'Pas.Le.Bon1';
const minute = 60_000;

function from({ app }: TestApp, ip: string): Visitor {
  return new Visitor(app, { 'x-forwarded-for': ip });
}

function numbers(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `26905495${String(10_000 + from + i)}`);
}

test('one address can try thirty passwords in ten minutes, for any person; beyond, no hash is computed', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  for (const number of numbers(0, 30)) await signIn(from(site, '203.0.113.7'), number, wrong);
  const { done } = site.services.passwords.stats();
  assert.equal((await signIn(from(site, '203.0.113.7'), nir)).status, 422, 'the right one waits');
  for (const number of numbers(30, 20)) await signIn(from(site, '203.0.113.7'), number, wrong);
  assert.equal(site.services.passwords.stats().done, done);
  assert.equal((await signIn(from(site, '203.0.113.8'), nir)).location, paths.account);
  const spread = site.log.filter((line) => line.includes('"attemptsSpread"'));
  assert.equal(spread.length, 1);
  assert.match(spread[0] ?? '', /"reason":"many-people","kind":"sign-in-client"/);
  site.clock.advance(10 * minute);
  assert.equal((await signIn(from(site, '203.0.113.7'), nir)).location, paths.account);
});

test('an IPv6 network has the allowance of four, or sixteen, however many of its addresses try', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  for (const [i, number] of numbers(0, 120).entries())
    await signIn(from(site, `2001:db8:1:${i.toString(16)}::1`), number, wrong);
  assert.equal((await signIn(from(site, '2001:db8:1:ff::1'), nir)).status, 422, 'the /56 is suspended');
  assert.equal((await signIn(from(site, '2001:db8:1:1ff::1'), nir)).location, paths.account);
});

test('thirty people behind one address mistype, then succeed: nobody waits', async (t) => {
  const site = await testApp(t);
  const people = [venturi, other];
  for (const [i, person] of people.entries()) await openAccountOf(site, person, `p${i}@exemple.fr`);
  for (let round = 0; round < 15; round++)
    for (const person of people) {
      const visitor = from(site, '203.0.113.7');
      for (let i = 0; i < 2; i++) await signIn(visitor, person.line.nir, wrong);
      assert.equal((await signIn(visitor, person.line.nir)).location, paths.account, `${round}`);
      site.clock.advance(1_000);
      visitor.cookies.clear();
      await site.services.db.deleteFrom('attempt').where('kind', '=', 'sign-in').execute();
      await site.services.db.deleteFrom('known_device').execute();
    }
});

test('one address alone never holds a lock: elsewhere the owner waits fifteen minutes at most', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  for (let i = 0; i < 12; i++) {
    await signIn(from(site, '203.0.113.7'), nir, wrong);
    site.clock.advance(16 * minute);
  }
  assert.equal((await signIn(from(site, '198.51.100.1'), nir)).location, paths.account);
  assert.equal(
    (await signIn(from(site, '203.0.113.7'), nir)).status,
    422,
    'there the lock of two hours holds',
  );
});

test('a new password ends every suspension, also that of the address it is typed at', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const home = from(site, '203.0.113.7');
  for (let i = 0; i < 12; i++) {
    await signIn(home, nir, wrong);
    if (i < 11) site.clock.advance(16 * minute);
  }
  for (let i = 0; i < 30; i++) await signIn(from(site, `198.51.100.${i}`), nir, wrong);
  assert.equal((await signIn(home, nir)).status, 422);
  await home.get(paths.forgotten);
  await home.post(paths.forgotten, { nir, email: 'venturi@exemple.fr' });
  const { token = '' } = await latestMail(site, 'password-reset');
  const link = withToken(paths.newPassword, token);
  await home.get(link);
  const chosen = { motDePasse: 'Tournesol.Quai7', confirmation: 'Tournesol.Quai7' };
  assert.equal((await home.post(link, chosen)).location, paths.signIn);
  assert.equal((await signIn(home, nir, 'Tournesol.Quai7')).location, paths.account);
});

test('many addresses about one person raise an alarm, once an hour', async (t) => {
  const site = await testApp(t);
  const told = () => site.log.filter((line) => line.includes('"reason":"many-clients"')).length;
  for (let i = 0; i < 20; i++) {
    await signIn(from(site, `198.51.100.${i}`), nir, wrong);
    site.clock.advance(1_000);
    await site.services.db.updateTable('attempt').set({ blocked_until: null }).execute();
  }
  assert.equal(told(), 1);
});

test('a password hash copied to another person’s row is not accepted, and does no harm', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await openAccountOf(site, other, 'autre@exemple.fr');
  const { db, keyring } = site.services;
  const [mine, theirs] = [other, venturi].map(({ line }) => personKey(keyring, line.nir));
  assert.ok(mine && theirs);
  await db
    .updateTable('credential')
    .set((eb) => ({
      secret: eb.selectFrom('credential as own').select('own.secret').where('own.person_key', '=', mine),
      changed_at: site.clock.now(),
    }))
    .where('person_key', '=', theirs)
    .execute();
  const refused = await signIn(from(site, '203.0.113.7'), nir, goodPassword);
  assert.equal(refused.status, 422);
  assert.equal((await signIn(from(site, '203.0.113.7'), other.line.nir)).location, paths.account);
});
