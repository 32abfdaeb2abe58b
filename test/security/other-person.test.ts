import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sitePages } from '#src/app.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { franceConnectSite } from '../franceconnect/site.ts';
import { openWorld } from '../pages/world.ts';
import { change, openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { agree, choosePassword, contactOf, enrol, identify, identityOf, proofOf, submit } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { everyForm } from './forms.ts';
import { checksums } from './tables.ts';

const ange = personNamed('venturi');
const marie = personNamed('loire');

/** Forms that act for whom their address, or a code, names: who else uses the browser changes nothing. */
const byAddress: readonly string[] = [
  paths.link,
  paths.linkResend,
  paths.unsubscribeNow,
  paths.dispute,
  paths.disputeLink,
];
/** Forms shown without a session that name the person whose session they begin or replace. */
const naming: readonly string[] = [paths.identity, paths.signIn, paths.provisionalCode, paths.waiting];

test('every form, with another person’s session in between: explained, and nothing stored', async (t) => {
  const world = await openWorld(t, 'fr');
  const forms = await everyForm(world);
  const missing = sitePages(world.services)
    .filter(({ path, hasForm }) => hasForm && !forms.some(({ route }) => route === path))
    .map(({ path }) => path);
  assert.deepEqual(missing, [], 'every form is tried');
  const between = world.visitor();
  await identify(between, world.someone());
  const other = between.cookies.get('session') ?? '';
  for (const { route, url, shownAt, visitor, fields } of forms) {
    const own = visitor.cookies.get('session');
    await visitor.get(shownAt);
    visitor.cookies.set('session', other);
    const before = await checksums(world.services.db);
    const isAnybodys = own === undefined && !naming.includes(route);
    if (!byAddress.includes(route) && !isAnybodys) {
      const seen = await visitor.post(url, fields);
      assert.equal(seen.status, 409, `${route}: ${seen.title}`);
      assert.match(seen.title, /Une autre personne utilise ce navigateur/);
      assert.match(seen.html, new RegExp(`href="${paths.proof}"[^>]*>\\s*Continuer`), route);
      assert.match(seen.html, new RegExp(`action="${paths.signOut}"`));
      for (const value of Object.values(fields))
        if (value.length > 4) assert.ok(!seen.html.includes(value), `${route}: nothing typed is shown`);
      assert.deepEqual(await checksums(world.services.db), before, route);
      assert.equal(visitor.cookies.get('session'), other, 'the other person loses nothing');
    }
    if (own === undefined) visitor.cookies.delete('session');
    else visitor.cookies.set('session', own);
  }
});

test('two tabs, two people: the contact page of the first makes no account of the second', async (t) => {
  const site = await testApp(t);
  const browser = new Visitor(site.app);
  await choosePassword(browser, ange);
  await browser.get(paths.contact);
  const first = browser.csrf;
  await choosePassword(browser, marie);
  const seen = await browser.post(paths.contact, contactOf('ange@exemple.fr'), { csrf: first });
  assert.equal(seen.status, 409);
  assert.doesNotMatch(seen.html, /ange@exemple\.fr/);
  assert.equal((await site.services.db.selectFrom('account').selectAll().execute()).length, 0);
  assert.deepEqual(await site.mails(), []);
  await submit(browser, paths.contact, contactOf('marie@exemple.fr'), paths.waiting);
});

test('a right proof of the first is not judged as a wrong one of the second', async (t) => {
  const site = await testApp(t);
  const browser = new Visitor(site.app);
  await identify(browser, ange);
  await browser.get(paths.proof);
  const first = browser.csrf;
  await identify(browser, marie);
  assert.equal((await browser.post(paths.proof, proofOf(ange), { csrf: first })).status, 409);
  const tried = site.services.db.selectFrom('attempt').where('kind', '=', 'proof').selectAll();
  assert.equal((await tried.execute()).flatMap(({ failures }) => failures).length, 0);
});

test('a form whose token is too old as well shows the next person nothing of what was typed', async (t) => {
  const site = await testApp(t);
  const browser = new Visitor(site.app);
  await choosePassword(browser, ange);
  await browser.get(paths.contact);
  const first = browser.csrf;
  await choosePassword(browser, marie);
  browser.cookies.set('csrf', 'x'.repeat(24));
  const seen = await browser.post(paths.contact, contactOf('ange@exemple.fr'), { csrf: first });
  assert.equal(seen.status, 403);
  assert.doesNotMatch(seen.html, /ange@exemple\.fr/);
});

test('the same person in two tabs can continue: the same button twice, an older page, a page from before the session', async (t) => {
  const site = await testApp(t);
  const browser = new Visitor(site.app);
  await browser.get(paths.identity);
  const asNobody = browser.csrf;
  await browser.post(paths.identity, identityOf(ange));
  const again = await browser.post(paths.identity, identityOf(ange), { csrf: asNobody });
  assert.equal(again.location, paths.proof);
  const other = await browser.post(paths.identity, identityOf(marie), { csrf: asNobody });
  assert.equal(other.status, 409, 'somebody else’s identity, from a page that was shown to nobody');
  await agree(browser, ange);
  await browser.get(paths.terms);
  const older = browser.csrf;
  await submit(
    browser,
    paths.password,
    { motDePasse: 'Girafe.Soleil9', confirmation: 'Girafe.Soleil9' },
    paths.contact,
  );
  assert.equal((await browser.post(paths.terms, { accord: 'oui' }, { csrf: older })).location, paths.contact);
  assert.equal(
    (await browser.post(paths.proof, proofOf(ange), { csrf: older })).location,
    paths.contact,
    'a step that is over leads to where the person stands',
  );
});

test('FranceConnect with another person’s identity, from a page that was open before: explained, and nothing stored', async (t) => {
  const site = await franceConnectSite(t);
  const browser = new Visitor(site.app);
  await browser.get(paths.identity);
  const asNobody = browser.csrf;
  await browser.post(paths.identity, identityOf(ange));
  const begin = (fields: Record<string, string>) =>
    browser.post(paths.franceConnect, fields, { csrf: asNobody });
  const kept = await checksums(site.services.db);
  const { nom = '' } = identityOf(marie);
  for (const fields of [identityOf(marie), { nom }]) assert.equal((await begin(fields)).status, 409);
  assert.deepEqual(await checksums(site.services.db), kept);
  for (const fields of [identityOf(ange), {}]) assert.equal((await begin(fields)).status, 303);
});

test('signing in from a page that was open before: the person’s own account, or an explanation', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, ange, 'ange@exemple.fr');
  await openAccountOf(site, marie, 'marie@exemple.fr');
  const browser = new Visitor(site.app);
  await browser.get(paths.signIn);
  const asNobody = browser.csrf;
  const enter = (nir: string) =>
    browser.post(paths.signIn, { nir, motDePasse: 'Brouette.Lune8' }, { csrf: asNobody });
  assert.equal((await enter(ange.line.nir)).location, paths.account);
  assert.equal((await enter(ange.line.nir)).location, paths.account, 'the button was pressed twice');
  assert.equal((await enter(marie.line.nir)).status, 409, 'not Ange’s account for Marie');
});

test('two accounts in two tabs: each change reaches its owner’s account', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, ange, 'ange@exemple.fr');
  await openAccountOf(site, marie, 'marie@exemple.fr');
  const browser = await signedInVisitor(site, ange);
  await browser.get(paths.accountTelephones);
  const first = browser.csrf;
  await browser.post(paths.signOut);
  await signIn(browser, marie.line.nir);
  const fields = { portable: '06 39 98 12 34', fixe: '', motDePasseActuel: 'Brouette.Lune8' };
  assert.equal((await browser.post(paths.accountTelephones, fields, { csrf: first })).status, 409);
  assert.equal((await browser.post(paths.signOut, {}, { csrf: first })).status, 409);
  assert.equal((await browser.get(paths.account)).status, 200, 'Marie is still signed in');
});

test('a form filled with older numbers or choices does not overwrite newer ones', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, ange, 'ange@exemple.fr');
  const browser = await signedInVisitor(site, ange);
  const current = { motDePasseActuel: 'Brouette.Lune8' };
  await browser.get(paths.accountTelephones);
  const older = browser.csrf;
  await change(browser, paths.accountTelephones, { portable: '06 39 98 12 34', fixe: '' });
  const fields = { portable: '', fixe: '01 99 00 12 34', ...current };
  const seen = await browser.post(paths.accountTelephones, fields, { csrf: older });
  assert.equal(seen.status, 409);
  assert.match(seen.html, /Ces informations ont changé/);
  assert.match(seen.html, /01 99 00 12 34/, 'what was typed is kept');
  assert.equal(
    (await browser.post(paths.accountTelephones, fields)).location,
    paths.accountInformation,
    'sent again',
  );

  await browser.get(paths.accountConsents);
  const choices = browser.csrf;
  site.clock.advance(1_000);
  await browser.post(paths.accountConsents, { promoEmail: 'oui' });
  const undone = await browser.post(
    paths.accountConsents,
    { promoEmail: 'non', etudes: 'oui' },
    { csrf: choices },
  );
  assert.equal(undone.status, 409);
  assert.equal(
    (await browser.post(paths.accountConsents, { promoEmail: 'non', etudes: 'oui' })).location,
    paths.accountInformation,
  );
});

test('the address of one account is not corrected from the page of another', async (t) => {
  const site = await testApp(t);
  const browser = new Visitor(site.app);
  await enrol(browser, ange, 'ange@exemple.fr');
  await browser.get(paths.waitingAddress);
  const first = browser.csrf;
  await enrol(browser, marie, 'marie@exemple.fr');
  const before = await site.mails();
  const seen = await browser.post(paths.waitingAddress, contactOf('ange2@exemple.fr'), { csrf: first });
  assert.equal(seen.status, 409);
  assert.deepEqual(await site.mails(), before);
});
