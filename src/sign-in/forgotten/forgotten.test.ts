import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emailKey } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { paths, withToken } from '#src/paths.ts';
import { latestMail, mailKinds, openAccountOf, signedInVisitor, signIn } from '#test/setting/account.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { enrol, goodPassword } from '#test/steps.ts';
import { type Seen, Visitor } from '#test/visitor.ts';

const venturi = personNamed('venturi');
const { nir } = venturi.line;
const unknownNir = '2690549588157';
const other = 'Tournesol.Quai7';

async function ask({ app }: TestApp, number: string): Promise<Seen> {
  const visitor = new Visitor(app);
  await visitor.get(paths.forgotten);
  return visitor.post(paths.forgotten, { nir: number });
}

async function latestLink(site: TestApp): Promise<string> {
  const { token = '' } = await latestMail(site, 'password-reset');
  return withToken(paths.newPassword, token);
}

async function choose(visitor: Visitor, link: string, motDePasse = other): Promise<Seen> {
  await visitor.get(link);
  return visitor.post(link, { motDePasse, confirmation: motDePasse });
}

test('every request gets the same answer, and only accounts get a mail', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const answers = [await ask(site, nir), await ask(site, unknownNir)];
  for (const { status, location, html } of answers)
    assert.deepEqual([status, location, html], [303, paths.forgottenSent, '']);
  assert.equal((await mailKinds(site)).filter((kind) => kind === 'password-reset').length, 1);
  assert.match((await new Visitor(site.app).get(paths.forgottenSent)).html, /Si un compte existe/);
  const mistyped = await ask(site, '2 69');
  assert.equal(mistyped.status, 422);
  assert.match(mistyped.html, /id="nir-error"/);
});

const resetsSent = async (site: TestApp) =>
  (await mailKinds(site)).filter((kind) => kind === 'password-reset').length;

test('the fourth request of a day by the number alone gets the same answer and no mail', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  for (let i = 0; i < 4; i++) assert.equal((await ask(site, nir)).location, paths.forgottenSent);
  assert.equal(await resetsSent(site), 3, 'two places of the mailbox are left for other mails');
  site.clock.advance(86_400_000);
  await ask(site, nir);
  assert.equal(await resetsSent(site), 4);
});

test('requests of strangers do not block a person who gives the account’s address or uses a known browser', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const known = await signedInVisitor(site, venturi);
  await known.get(paths.account);
  await known.post(paths.signOut);
  for (let i = 0; i < 12; i++) {
    site.clock.advance(1_000);
    const visitor = new Visitor(site.app, { 'x-forwarded-for': `198.51.100.${i}` });
    await visitor.get(paths.forgotten);
    const { location } = await visitor.post(paths.forgotten, { nir, email: i < 6 ? '' : 'autre@exemple.fr' });
    assert.equal(location, paths.forgottenSent);
  }
  assert.equal(await resetsSent(site), 3);
  const strangers = await latestLink(site);
  const reader = new Visitor(site.app);
  assert.match((await reader.get(strangers)).html, /name="motDePasse"/, 'what was sent stays alive');
  for (const [visitor, email] of [
    [new Visitor(site.app), 'Venturi@Exemple.FR'],
    [known, ''],
  ] as const) {
    site.clock.advance(60_000);
    const before = await resetsSent(site);
    await visitor.get(paths.forgotten);
    assert.equal((await visitor.post(paths.forgotten, { nir, email })).location, paths.forgottenSent);
    assert.equal(await resetsSent(site), before + 1);
    const link = await latestLink(site);
    assert.match((await reader.get(link)).html, /name="motDePasse"/);
  }
  assert.match((await reader.get(strangers)).html, /Ce lien est remplacé/);
  assert.equal((await choose(reader, await latestLink(site))).location, paths.signIn);
});

test('a stranger who knows the address as well does not block a known browser', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const known = await signedInVisitor(site, venturi);
  await known.get(paths.account);
  await known.post(paths.signOut);
  const demand = async (visitor: Visitor, email: string) => {
    await visitor.get(paths.forgotten);
    await visitor.post(paths.forgotten, { nir, email });
  };
  for (let i = 0; i < 6; i++) await demand(new Visitor(site.app), 'venturi@exemple.fr');
  assert.equal(await resetsSent(site), 5);
  await demand(known, '');
  assert.equal(await resetsSent(site), 6);
});

test('a full mailbox blocks new links of strangers, and never those that its owner requests', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await ask(site, nir);
  const first = await latestLink(site);
  const { db, keyring } = site.services;
  const recipientKey = emailKey(keyring, 'venturi@exemple.fr');
  for (let i = 0; i < 5; i++) {
    const others = ownerNotice(
      site.services,
      { personKey: Buffer.alloc(32, i), language: 'fr' },
      'account-exists',
      { address: 'venturi@exemple.fr' },
      site.clock.now(),
    );
    assert.ok(others.recipient_key?.equals(recipientKey));
    await queueNotice(db, site.services.jobs, others);
  }
  await ask(site, nir);
  assert.equal(await resetsSent(site), 1);
  const visitor = new Visitor(site.app);
  assert.match((await visitor.get(first)).html, /name="motDePasse"/);
  await visitor.get(paths.forgotten);
  await visitor.post(paths.forgotten, { nir, email: 'venturi@exemple.fr' });
  assert.equal(await resetsSent(site), 2);
});

test('a malformed address is reported next to its field', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await visitor.get(paths.forgotten);
  const seen = await visitor.post(paths.forgotten, { nir, email: 'venturi@' });
  assert.equal(seen.status, 422);
  assert.match(seen.html, /id="email-error"/);
  assert.match(seen.html, /value="venturi@"/);
});

test('the link changes the password once, ends every session and deletes the failures', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const signedIn = await signedInVisitor(site, venturi);
  for (let i = 0; i < 5; i++) await signIn(new Visitor(site.app), nir, 'Pas.Le.Bon1');
  await ask(site, nir);
  const link = await latestLink(site);
  const visitor = new Visitor(site.app);
  for (let i = 0; i < 5; i++) assert.equal((await visitor.get(`${link}.`)).status, 200);
  assert.equal((await signedIn.get(paths.account)).status, 200, 'looking at the link changes nothing');

  const personal = await choose(visitor, link, 'Venturi.1962');
  assert.equal(personal.status, 422);
  assert.doesNotMatch(personal.html, /Venturi\.1962/);
  assert.equal((await choose(visitor, link)).location, paths.signIn);
  assert.equal((await signedIn.get(paths.account)).location, paths.signIn);
  assert.equal((await signIn(new Visitor(site.app), nir, other)).location, paths.account, 'no delay is left');
  assert.equal((await signIn(new Visitor(site.app), nir, goodPassword)).status, 422);
  assert.match((await visitor.get(link)).html, /Ce lien a déjà servi/);
  assert.match((await choose(visitor, link)).html, /Ce lien a déjà servi/);
  assert.equal((await latestMail(site, 'password-changed')).address, 'venturi@exemple.fr');
});

test('ten forms of one link at once change the password once', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await ask(site, nir);
  const link = await latestLink(site);
  const visitor = new Visitor(site.app);
  await visitor.get(link);
  const seen = await Promise.all(
    Array.from({ length: 10 }, (_, i) => {
      const motDePasse = `Tournesol.Quai${i}x`;
      return visitor.twin().post(link, { motDePasse, confirmation: motDePasse });
    }),
  );
  assert.equal(seen.filter(({ status }) => status === 303).length, 1);
  assert.ok(seen.every(({ status }) => status === 303 || status === 200));
  assert.equal((await mailKinds(site)).filter((kind) => kind === 'password-changed').length, 1);
});

test('a link expires after 30 minutes or by a newer one, and an invented one is unknown', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await ask(site, nir);
  const first = await latestLink(site);
  site.clock.advance(60_000);
  await ask(site, nir);
  const second = await latestLink(site);
  const visitor = new Visitor(site.app);
  assert.match((await choose(visitor, first)).html, /Ce lien est remplacé/);
  site.clock.advance(30 * 60_000 - 1);
  assert.match((await visitor.get(second)).html, /name="motDePasse"/);
  site.clock.advance(1);
  assert.match((await choose(visitor, second)).html, /Ce lien n’est plus valable/);
  const invented = await visitor.get(withToken(paths.newPassword, 'x'.repeat(43)));
  assert.equal(invented.status, 404);
  assert.equal((await signIn(visitor, nir)).location, paths.account, 'the password is what it was');
});

test('a password that was disabled by failures is replaced by the link', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await signIn(new Visitor(site.app), nir, 'Pas.Le.Bon1');
  await site.services.db.updateTable('attempt').set({ consecutive: 99 }).execute();
  await signIn(new Visitor(site.app), nir, 'Pas.Le.Bon1');
  await ask(site, nir);
  const visitor = new Visitor(site.app);
  assert.equal((await choose(visitor, await latestLink(site))).location, paths.signIn);
  assert.equal((await signIn(visitor, nir, other)).location, paths.account);
});

test('a pending account gets a new password by the link, but stays pending', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  await ask(site, nir);
  const visitor = new Visitor(site.app);
  assert.equal((await choose(visitor, await latestLink(site))).location, paths.signIn);
  assert.equal((await signIn(visitor, nir, other)).location, paths.waiting);
  const { token = '' } = await latestMail(site, 'activation');
  const link = withToken(paths.link, token);
  await visitor.get(link);
  assert.equal((await visitor.post(link)).location, paths.confirmed, 'the first link still confirms');
});

test('the owner of an address gets no link to an account that another person created with it', async (t) => {
  const site = await testApp(t);
  const neighbour = personNamed('nom-usage');
  await openAccountOf(site, venturi, 'famille@exemple.fr');
  await enrol(new Visitor(site.app), neighbour, 'famille@exemple.fr');
  const sent = async () => (await mailKinds(site)).filter((kind) => kind === 'password-reset').length;
  const { status, location, html } = await ask(site, neighbour.line.nir);
  assert.deepEqual([status, location, html], [303, paths.forgottenSent, '']);
  assert.equal(await sent(), 0);
  await ask(site, nir);
  assert.equal(await sent(), 1, 'for the account of the holder of the address');
});

test('simultaneous requests leave one valid link', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const { db } = site.services;
  const alive = db
    .selectFrom('email_confirmation')
    .select('id')
    .where('purpose', '=', 'password-reset')
    .where('superseded_at', 'is', null);
  for (let round = 0; round < 4; round++) {
    site.clock.advance(86_400_000);
    await Promise.all([1, 2, 3, 4].map(() => ask(site, nir)));
    assert.equal((await alive.execute()).length, 1);
  }
});
