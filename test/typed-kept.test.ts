import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { storingTelephones } from '#src/accounts/change-contact.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { latestMail, openAccountOf, signedInVisitor } from './setting/account.ts';
import { type TestApp, testApp } from './setting/application.ts';
import { needsServer } from './setting/database.ts';
import { untilWaiting } from './setting/locks.ts';
import {
  agree,
  choosePassword,
  contactOf,
  goodPassword,
  identify,
  identityOf,
  proofOf,
  prove,
} from './steps.ts';
import { Visitor } from './visitor.ts';

const venturi = personNamed('venturi');
const other = personNamed('loire');
const minute = 60_000;
const email = 'camille@exemple.fr';

test('what was typed, and why a page is shown', async (t) => {
  const site = await testApp(t);

  await t.test('refused cookies are explained, with what was typed', async () => {
    const visitor = new Visitor(site.app, { origin: 'http://localhost' });
    for (let i = 0; i < 2; i++) {
      await visitor.get(paths.identity);
      visitor.cookies.clear();
      const seen = await visitor.post(paths.identity, identityOf(venturi));
      assert.equal(seen.status, 403);
      assert.match(
        seen.html,
        /ne garde pas nos cookies[\s\S]*autorisez les cookies[\s\S]*autre navigateur[\s\S]*3646/,
      );
      assert.match(seen.html, new RegExp(`value="${venturi.line.birthName}"`));
      assert.doesNotMatch(seen.html, /Page expirée/);
    }
  });

  await t.test('lost cookies are said once, where the person is sent', async () => {
    const visitor = new Visitor(site.app);
    await prove(visitor, venturi);
    visitor.cookies.clear();
    assert.equal((await visitor.get(paths.terms)).location, paths.identity);
    assert.match((await visitor.get(paths.identity)).html, /Votre session est terminée/);
    assert.doesNotMatch((await visitor.get(paths.identity)).html, /session est terminée/);
    assert.equal((await visitor.get(paths.account)).location, paths.signIn);
    assert.match((await visitor.get(paths.signIn)).html, /Votre session est terminée/);
  });

  await t.test('so is what another tab has overtaken', async () => {
    const visitor = new Visitor(site.app);
    await identify(visitor, venturi);
    await visitor.get(paths.proof);
    const { csrf } = visitor;
    await prove(visitor, venturi);
    assert.equal((await visitor.post(paths.proof, proofOf(venturi), { csrf })).location, paths.terms);
    assert.match((await visitor.get(paths.terms)).html, /continué dans une autre page/);
  });

  await t.test(
    'and what another change was faster than, while the password was verified',
    needsServer,
    async () => {
      const owner = personNamed('nom-usage');
      const { services, clock } = site;
      const { db, keyring } = services;
      await openAccountOf(site, owner, 'voisine@exemple.fr');
      const visitor = await signedInVisitor(site, owner);
      await visitor.get(paths.accountTelephones);
      const faster = await db.transaction().execute(async (trx) => {
        const account = await lockAccount(trx, keyring, personKey(keyring, owner.line.nir), clock.now());
        assert.ok(account);
        const numbers = { portable: '0639980009', fixe: '', motDePasseActuel: goodPassword };
        const seen = visitor.post(paths.accountTelephones, numbers);
        await untilWaiting(db, 1);
        const others = { portable: '+33639980008', fixe: null };
        await trx.executeQuery(storingTelephones(trx, keyring, account, others).compile());
        return { seen };
      });
      assert.equal((await faster.seen).location, paths.accountTelephones);
      const { html } = await visitor.get(paths.accountTelephones);
      assert.match(html, /continué dans une autre page[^<]* n’a pas été pris en compte/);
      assert.match(html, /value="06\D39\D98\D00\D08"/);
    },
  );

  await t.test('an expired page says to fill in only what there is', async () => {
    const visitor = new Visitor(site.app, { origin: 'http://localhost' });
    await agree(visitor, venturi);
    await visitor.get(paths.caisse);
    visitor.cookies.set('csrf', 'x'.repeat(24));
    const withFields = await visitor.post(paths.caisse, { codePostal: '80000' });
    assert.equal(withFields.status, 403);
    assert.match(withFields.html, /Page expirée[\s\S]*complétez les champs vides/);
    assert.match(withFields.html, /value="80000"/);
    const link = await activationLink(site);
    visitor.cookies.set('csrf', 'x'.repeat(24));
    await visitor.get(link);
    visitor.cookies.set('csrf', 'y'.repeat(24));
    const bare = await visitor.post(link);
    assert.equal(bare.status, 403);
    assert.match(bare.html, /n’a pas été enregistré\. Appuyez à nouveau sur le bouton\./);
    assert.doesNotMatch(bare.html, /champs vides/);
  });

  await t.test(
    'another language shows the form as typed, without its secrets, and judges nothing',
    async () => {
      const visitor = new Visitor(site.app);
      const page = await visitor.get(paths.identity);
      assert.match(
        page.html,
        /<noscript><button type="submit" form="formulaire" formaction="\/creer-mon-compte\?lang=en"/,
      );
      const before = await attempts(site);
      const fields = { ...identityOf(venturi, { nom: 'Mauvais' }), _garder: '' };
      const seen = await visitor.post(`${paths.identity}?lang=en`, fields);
      assert.equal(seen.status, 200);
      assert.match(seen.html, /<html lang="en"[\s\S]*Nothing is lost[\s\S]*value="Mauvais"/);
      assert.doesNotMatch(seen.html, /govuk-error-summary/);
      assert.equal(visitor.cookies.get('langue'), 'en');
      assert.equal(await attempts(site), before);
      await visitor.get(paths.signIn);
      const secret = { nir: venturi.line.nir, motDePasse: goodPassword, _garder: '' };
      const signIn = await visitor.post(`${paths.signIn}?contraste=oui`, secret);
      assert.match(signIn.html, new RegExp(`contraste[\\s\\S]*value="${venturi.line.nir}"`));
      assert.doesNotMatch(signIn.html, new RegExp(goodPassword));
    },
  );

  await t.test('the contact form outlives its session, for its person alone', async () => {
    const visitor = new Visitor(site.app);
    await choosePassword(visitor, venturi);
    await visitor.get(paths.contact);
    site.clock.advance(16 * minute);
    assert.equal((await visitor.post(paths.contact, contactOf(email))).location, paths.identity);
    const draft = visitor.cookies.get('brouillon') ?? '';
    assert.ok(!Buffer.from(draft, 'base64url').includes('exemple'));
    assert.match((await visitor.get(paths.identity)).html, /Nous avons gardé/);
    await choosePassword(visitor, other);
    assert.doesNotMatch((await visitor.get(paths.contact)).html, /camille@/, 'not for somebody else');
    await choosePassword(visitor, venturi);
    const again = await visitor.get(paths.contact);
    assert.match(again.html, /gardé ce que vous aviez écrit[\s\S]*value="camille@exemple\.fr"/);
    visitor.cookies.delete('brouillon');
    const incompressible = () => randomBytes(700).toString('base64url');
    const more = { portable: incompressible(), fixe: incompressible(), autre: incompressible() };
    const long = await visitor.post(paths.contact, { ...contactOf(email), ...more, _garder: 'fin' });
    assert.equal(visitor.cookies.has('brouillon'), false, 'longer than proxies let pass');
    assert.equal(long.status, 409, 'the script says then that it is lost');
    await visitor.post(paths.contact, { ...contactOf(email), _garder: 'fin' });
    assert.ok(visitor.cookies.has('brouillon'), 'also a moment before the end');
    assert.equal((await visitor.post(paths.contact, contactOf(email))).location, paths.waiting);
    assert.equal(visitor.cookies.has('brouillon'), false);
  });

  await t.test('nobody leaves a draft for a person whose page they were not shown', async () => {
    const thief = new Visitor(site.app);
    await identify(thief, other);
    await thief.get(paths.proof);
    site.clock.advance(16 * minute);
    for (const kept of [{}, { _garder: '' }]) {
      const seen = await thief.post(paths.contact, { ...contactOf('voleur@exemple.fr'), ...kept });
      assert.equal(seen.location, paths.identity);
      assert.equal(thief.cookies.has('brouillon'), false);
    }
  });
});

async function attempts({ services }: TestApp): Promise<number> {
  return (await services.db.selectFrom('attempt').selectAll().execute()).length;
}

async function activationLink(site: TestApp): Promise<string> {
  const visitor = new Visitor(site.app);
  await choosePassword(visitor, personNamed('isere'));
  await visitor.get(paths.contact);
  await visitor.post(paths.contact, contactOf('isere@exemple.fr'));
  return withToken(paths.link, (await latestMail(site, 'activation')).token ?? '');
}
