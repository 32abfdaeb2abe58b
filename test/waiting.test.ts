import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { paths, withToken } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { latestMail, mailKinds, signIn } from './setting/account.ts';
import { testApp } from './setting/application.ts';
import { choosePassword, contactOf, enrol } from './steps.ts';
import { Visitor } from './visitor.ts';

const venturi = personNamed('venturi');
const day = 86_400_000;
const minute = 60_000;

test('after the last day the link says that the time is over, also once everything was cleared', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  const { token = '' } = await latestMail(site, 'activation');
  site.clock.advance(22 * day);
  for (const cleared of [false, true]) {
    if (cleared) await runHousekeeping(site.services);
    const mailbox = new Visitor(site.app);
    await mailbox.get(paths.signIn);
    const seen = await mailbox.get(withToken(paths.link, token));
    assert.equal(seen.status, 200, `cleared: ${cleared}`);
    assert.match(seen.title, /^Le délai est passé/);
    assert.match((await mailbox.post(withToken(paths.link, token))).title, /^Le délai est passé/);
    assert.match((await mailbox.post(withToken(paths.linkResend, token))).title, /^Le délai est passé/);
  }
  const kept = await signIn(new Visitor(site.app), venturi.line.nir);
  assert.equal(kept.status, 403);
  assert.match(kept.title, /Le délai est passé/);

  site.clock.advance(9 * day);
  await runHousekeeping(site.services);
  assert.deepEqual(await site.services.db.selectFrom('account').select('status').execute(), []);
  assert.deepEqual(await site.services.db.selectFrom('email_confirmation').select('id').execute(), []);
});

test('a person whose time is over begins again, with another password and address; the old link stays dead', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'ancienne@exemple.fr');
  const old = await latestMail(site, 'activation');
  site.clock.advance(22 * day);
  await enrol(new Visitor(site.app), venturi, 'nouvelle@exemple.fr');
  const mailbox = new Visitor(site.app);
  const oldLink = withToken(paths.link, old.token ?? '');
  await mailbox.get(paths.signIn);
  assert.equal((await mailbox.get(oldLink)).status, 404);
  assert.equal((await mailbox.post(oldLink)).status, 404);
  const fresh = withToken(paths.link, (await latestMail(site, 'activation')).token ?? '');
  await mailbox.get(fresh);
  assert.equal((await mailbox.post(fresh)).location, paths.confirmed);
  assert.equal((await signIn(new Visitor(site.app), venturi.line.nir)).location, paths.account);
});

test('a corrected address can be corrected back to the first one', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'juste@exemple.fr');
  for (const email of ['faux@exemple.fr', 'juste@exemple.fr']) {
    site.clock.advance(3 * minute);
    await visitor.get(paths.waitingAddress);
    const seen = await visitor.post(paths.waitingAddress, contactOf(email));
    assert.equal(seen.location, paths.waiting, email);
  }
  const { token = '', address } = await latestMail(site, 'activation');
  assert.equal(address, 'juste@exemple.fr');
  await visitor.get(withToken(paths.link, token));
  assert.equal((await visitor.post(withToken(paths.link, token))).location, paths.confirmed);
  const claims = await site.services.db.selectFrom('email_claim').select('expires_at').execute();
  assert.deepEqual(claims, [{ expires_at: null }], 'the wrong address is free');
});

test('a person who waits on the computer and confirms on the telephone sees it on the computer', async (t) => {
  const site = await testApp(t);
  const computer = new Visitor(site.app);
  await enrol(computer, venturi, 'venturi@exemple.fr');
  const telephone = new Visitor(site.app);
  const link = withToken(paths.link, (await latestMail(site, 'activation')).token ?? '');
  await telephone.get(link);
  await telephone.post(link);
  assert.equal((await computer.get(paths.waiting)).location, paths.confirmed);
  assert.equal((await computer.get(paths.account)).location, paths.signIn, 'the link opens no session');
});

test('a page that only takes forms leads somewhere when its address is opened', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  await visitor.get(paths.waiting);
  await visitor.post(paths.waitingResend);
  const english = await visitor.get(`${paths.waitingResend}?lang=en`);
  assert.equal(english.location, paths.waiting);
  assert.match((await visitor.get(paths.waiting)).html, /lang="en"/);
  const forged = await visitor.post(paths.waitingResend, {}, { csrf: 'forged' });
  assert.equal(forged.status, 403);
  assert.match(forged.html, /href="\/creer-mon-compte\/validation-email"/);
  const { token = '' } = await latestMail(site, 'activation');
  assert.equal(
    (await visitor.get(withToken(paths.linkResend, token))).location,
    withToken(paths.link, token),
  );
});

test('reminders go out on the days of the policy, whether or not addresses are unique', async (t) => {
  for (const uniqueEmail of [true, false]) {
    const site = await testApp(t);
    Object.assign(site.services.policy.contact, { uniqueEmail });
    await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
    for (const days of [1, 6, 11]) {
      site.clock.advance(days * day + minute);
      await runHousekeeping(site.services);
    }
    const kinds = await mailKinds(site);
    assert.equal(kinds.filter((kind) => kind === 'activation-reminder').length, 3, `unique: ${uniqueEmail}`);
  }
});

test('a reminder and a mail that is asked for keep the last day that the page and the first mail said', async (t) => {
  const policy = loadPolicy('isere');
  const site = await testApp(t, undefined, { policy });
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  const first = await latestMail(site, 'activation');
  const promise = /fonctionnent jusqu’au 9\smars\s2026\. Ensuite, et jusqu’au 23\smars\s2026,/;
  assert.match((await visitor.get(paths.waiting)).html, promise);
  const told = [first];
  for (const days of policy.confirmation.reminderDays) {
    site.clock.advance(Date.parse('2026-03-02T10:00:00Z') + days * day - site.clock.now().getTime());
    await runHousekeeping(site.services);
    told.push(await latestMail(site, 'activation-reminder'));
  }
  site.clock.advance(3 * minute);
  const again = new Visitor(site.app);
  await signIn(again, venturi.line.nir);
  await again.get(paths.waiting);
  assert.equal((await again.post(paths.waitingResend)).location, paths.waiting);
  told.push(await latestMail(site, 'activation'));
  assert.equal(new Set(told.map(({ token }) => token)).size, 4);
  assert.deepEqual(new Set(told.map(({ until }) => until)), new Set([first.until]));
  assert.deepEqual(
    new Set(told.map(({ accountUntil }) => accountUntil)),
    new Set(['2026-03-23T22:59:59.999Z']),
  );
  assert.match((await again.get(paths.waiting)).html, promise);
  site.clock.advance(5 * day);
  const dead = await new Visitor(site.app).get(withToken(paths.link, first.token ?? ''));
  assert.match(dead.title, /^Ce lien a été remplacé/);
});

test('one button takes the proposed address, in both fields, on each page that asks for one', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await choosePassword(visitor, venturi);
  await visitor.get(paths.contact);
  const mistyped = contactOf('camille@gnail.com');
  const asked = await visitor.post(paths.contact, mistyped);
  assert.equal(asked.status, 422);
  assert.match(
    asked.html,
    /<button type="submit" hidden>[^<]*<\/button>\s*<button[^>]*>Utiliser camille@gmail\.com</,
  );
  const taken = { ...mistyped, adresseProposee: 'camille@gmail.com', prendreProposition: 'oui' };
  assert.equal((await visitor.post(paths.contact, taken)).location, paths.waiting);
  assert.equal((await latestMail(site, 'activation')).address, 'camille@gmail.com');
  site.clock.advance(3 * minute);
  await visitor.get(paths.waitingAddress);
  const other = { ...contactOf('camille@orangee.fr'), adresseProposee: 'camille@orange.fr' };
  assert.match(
    (await visitor.post(paths.waitingAddress, contactOf('camille@orangee.fr'))).html,
    /Utiliser camille@orange\.fr/,
  );
  const corrected = await visitor.post(paths.waitingAddress, { ...other, prendreProposition: 'oui' });
  assert.equal(corrected.location, paths.waiting);
  assert.equal((await latestMail(site, 'activation')).address, 'camille@orange.fr');
});

test('a person who waits for a mail reads what to do, with or without a session, also about a shared address', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  const pages = [
    await visitor.get(paths.waiting),
    await new Visitor(site.app).get(paths.waiting),
    await visitor.post(paths.waiting, { code: '1' }),
    await new Visitor(site.app).get(paths.forgottenSent),
  ];
  for (const { html } of pages) {
    assert.match(html, /Un proche utilise déjà cette adresse/);
    assert.match(html, /liste rouge.*Outlook.*antivirus/s);
    assert.match(html, /Votre Assurance Maladie/);
    assert.match(html, /tel:3646|au\s3646/);
  }
});

test('the code of the mail says which try is the last one, only to the session that waits for it', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  const said = async (one: Visitor, more: Record<string, string> = {}) => {
    await one.get(paths.waiting);
    const { html } = await one.post(paths.waiting, { ...more, code: '00000000' });
    return /un seul essai avec ce code|ne peut plus servir/.exec(html)?.[0] ?? null;
  };
  const own: (string | null)[] = [];
  for (let i = 0; i < 6; i++) own.push(await said(visitor));
  assert.deepEqual(own, [
    null,
    null,
    null,
    'un seul essai avec ce code',
    'ne peut plus servir',
    'ne peut plus servir',
  ]);
  for (let i = 0; i < 6; i++)
    assert.equal(await said(new Visitor(site.app), { nir: venturi.line.nir }), null);
});
