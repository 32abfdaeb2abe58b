import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { nirKey } from '#src/civil-status/nir.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { mailKinds, openAccountOf, signIn } from '#test/setting/account.ts';
import { testApp } from '#test/setting/application.ts';
import { enrol, goodPassword, identify } from '#test/steps.ts';
import { type Seen, Visitor } from '#test/visitor.ts';

const venturi = personNamed('venturi');
const { nir } = venturi.line;
/** Well formed, and in no register. */
const unknownNir = '2690549588157';
const day = 86_400_000;
const sessionOver = /Votre session est terminée\. /;

/** All that an observer can compare, but the secret of the form and the number that was typed. */
function outside({ status, location, html, headers }: Seen, typed: string) {
  const body = html.replace(/name="_csrf" value="[^"]+"/g, '').replaceAll(typed, '');
  const { 'set-cookie': cookies, date: _, 'content-security-policy': policy, ...others } = headers;
  return {
    status,
    location,
    body,
    cookies: String(cookies ?? '').length,
    policy: String(policy).length,
    others,
  };
}

test('the right number and password begin a new session, and signing out ends it', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  await identify(visitor, venturi);
  const before = visitor.cookies.get('session') ?? '';
  const seen = await signIn(visitor, `${nir} ${nirKey(nir)}`);
  assert.equal(seen.location, paths.account);
  const token = visitor.cookies.get('session') ?? '';
  assert.notEqual(token, before);
  const planted = new Visitor(site.app);
  planted.cookies.set('session', before);
  assert.equal((await planted.get(paths.proof)).location, paths.identity, 'the older session ended');
  assert.equal((await visitor.get(paths.account)).status, 200);
  assert.equal((await visitor.get(paths.signIn)).location, paths.account, 'already signed in');

  await visitor.get(paths.account);
  assert.equal((await visitor.post(paths.signOut)).location, paths.home);
  assert.equal(visitor.cookies.has('session'), false);
  const replayed = new Visitor(site.app);
  replayed.cookies.set('session', token);
  assert.equal((await replayed.get(paths.account)).location, paths.signIn);
});

test('a session ends after 15 idle minutes', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  await signIn(visitor, nir);
  site.clock.advance(14 * 60_000);
  assert.equal((await visitor.get(paths.account)).status, 200);
  assert.doesNotMatch((await new Visitor(site.app).get(paths.signIn)).html, sessionOver);
  site.clock.advance(15 * 60_000);
  assert.equal((await visitor.get(paths.account)).location, paths.signIn);
  assert.match((await visitor.get(paths.signIn)).html, sessionOver, 'and the page says that it has ended');
  const refused = await visitor.post(paths.signIn, { nir, motDePasse: 'Pas.Le.Bon1' });
  assert.doesNotMatch(refused.html, sessionOver);
  assert.equal((await signIn(visitor, nir)).location, paths.account);
});

test('malformed input is reported next to its field, and the password is never sent back', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  const seen = await signIn(visitor, '2 69 05', 'Secret.De.Polichinelle');
  assert.equal(seen.status, 422);
  assert.match(seen.html, /id="nir-error"/);
  assert.match(seen.html, /value="2 69 05"/);
  assert.doesNotMatch(seen.html, /Polichinelle/);
  assert.match((await signIn(visitor, nir, '')).html, /id="motDePasse-error"/);
});

test('unknown, wrong, suspended: after the same number of attempts the answers are byte-identical', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await enrol(new Visitor(site.app), personNamed('nom-usage'), 'pending@exemple.fr');
  const pending = personNamed('nom-usage').line.nir;
  const numbers = [nir, unknownNir, pending];
  for (let count = 1; count <= 12; count++) {
    const seen = [];
    for (const number of numbers)
      seen.push(outside(await signIn(new Visitor(site.app), number, 'Pas.Le.Bon1'), number));
    assert.deepEqual(seen[1], seen[0], `try ${count}, unknown`);
    assert.deepEqual(seen[2], seen[0], `try ${count}, pending`);
    assert.equal(seen[0]?.status, 422);
    site.clock.advance(count < 5 ? 1_000 : 16 * 60_000);
  }
  const [right, unknown] = [
    outside(await signIn(new Visitor(site.app), nir), nir),
    outside(await signIn(new Visitor(site.app), unknownNir), unknownNir),
  ];
  assert.deepEqual(right, unknown, 'the right password during the suspension');
  site.clock.advance(2 * 3_600_000);
  assert.equal((await signIn(new Visitor(site.app), nir)).location, paths.account);
});

test('each failure after the fifth waits longer; the tenth is notified by mail', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const wrong = () => signIn(new Visitor(site.app), nir, 'Pas.Le.Bon1');
  for (let count = 1; count <= 4; count++) {
    await wrong();
    assert.match((await signIn(new Visitor(site.app), unknownNir)).html, /possible\u00a0: dès maintenant/);
  }
  assert.match((await wrong()).html, /le 02\/03\/2026 à\u00a010\u00a0h\u00a002 \(heure de Paris\)/);
  const delays = [60, 120, 240, 480, 900];
  for (const seconds of delays) {
    site.clock.advance(seconds * 1_000 - 1);
    assert.equal((await signIn(new Visitor(site.app), nir)).status, 422, `${seconds} s less 1 ms`);
    site.clock.advance(1);
    await wrong();
  }
  assert.deepEqual(
    (await mailKinds(site)).filter((kind) => kind === 'sign-in-locked'),
    ['sign-in-locked'],
  );
  site.clock.advance(7_200_000 - 1);
  assert.equal((await signIn(new Visitor(site.app), nir)).status, 422);
  site.clock.advance(1);
  assert.equal((await signIn(new Visitor(site.app), nir)).location, paths.account);
  const { consecutive } = await site.services.db
    .selectFrom('attempt')
    .select('consecutive')
    .where('kind', '=', 'sign-in')
    .orderBy('consecutive')
    .executeTakeFirstOrThrow();
  assert.equal(consecutive, 0, 'success forgets the failures in a row');
});

test('of fifty wrong passwords at once, at most five are judged', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  await visitor.get(paths.signIn);
  const twins = Array.from({ length: 50 }, () => visitor.twin());
  const seen = await Promise.all(
    twins.map((twin) => twin.post(paths.signIn, { nir, motDePasse: 'Pas.Le.Bon1' })),
  );
  assert.deepEqual([...new Set(seen.map(({ status }) => status))], [422]);
  const { failures } = await site.services.db
    .selectFrom('attempt')
    .select('failures')
    .where('kind', '=', 'sign-in')
    .executeTakeFirstOrThrow();
  assert.equal(failures.length, 5);
});

test('after a hundred consecutive failures the password is disabled: only a mail says so', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  for (const number of [nir, unknownNir]) await signIn(new Visitor(site.app), number, 'Pas.Le.Bon1');
  await site.services.db
    .updateTable('attempt')
    .set({ consecutive: 99 })
    .where('kind', '=', 'sign-in')
    .execute();
  const [known, unknown] = [
    outside(await signIn(new Visitor(site.app), nir, 'Pas.Le.Bon1'), nir),
    outside(await signIn(new Visitor(site.app), unknownNir, 'Pas.Le.Bon1'), unknownNir),
  ];
  assert.deepEqual(known, unknown);
  assert.ok((await mailKinds(site)).includes('password-disabled'));
  site.clock.advance(2 * day);
  assert.deepEqual(
    outside(await signIn(new Visitor(site.app), nir), nir),
    outside(await signIn(new Visitor(site.app), unknownNir), unknownNir),
    'the right password no longer works',
  );
});

test('an unconfirmed account leads to its waiting page, and after 21 days says so to the right password', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  assert.equal((await signIn(visitor, nir)).location, paths.waiting);
  assert.equal((await visitor.get(paths.waiting)).status, 200);
  assert.equal((await visitor.get(paths.account)).location, paths.signIn);
  site.clock.advance(22 * day);
  assert.deepEqual(
    outside(await signIn(new Visitor(site.app), nir, 'Pas.Le.Bon1'), nir),
    outside(await signIn(new Visitor(site.app), unknownNir, 'Pas.Le.Bon1'), unknownNir),
  );
  const late = await signIn(new Visitor(site.app), nir);
  assert.equal(late.status, 403);
  assert.match(late.html, /délai pour confirmer votre adresse est passé/);
  assert.match(late.html, /href="\/creer-mon-compte"/);
  assert.equal(late.headers['set-cookie'], undefined, 'no session');
});

test('a disabled account can neither sign in nor continue its session', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  await signIn(visitor, nir, goodPassword);
  await site.services.db.updateTable('account').set({ status: 'disabled' }).execute();
  assert.equal((await visitor.get(paths.account)).location, paths.signIn);
  assert.deepEqual(
    outside(await signIn(new Visitor(site.app), nir), nir),
    outside(await signIn(new Visitor(site.app), unknownNir), unknownNir),
  );
});

test('a right password whose session cannot be stored is no failure', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const counted = () => site.services.db.selectFrom('attempt').select(['kind', 'failures']).execute();
  const before = await counted();
  const visitor = new Visitor(site.app);
  await site.asOwner((db) =>
    sql`alter table session add constraint broken check (false) not valid`.execute(db),
  );
  assert.equal((await signIn(visitor, nir)).status, 500);
  await site.asOwner((db) => sql`alter table session drop constraint broken`.execute(db));
  assert.deepEqual(await counted(), before);
  assert.equal((await signIn(visitor, nir)).location, paths.account);
});
