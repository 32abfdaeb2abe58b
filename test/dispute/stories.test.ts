import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { identityJson, Program, proofJson } from '../api/program.ts';
import { proven } from '../franceconnect/scripted.ts';
import { change, latestMail, openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { goodPassword, identityOf, proofOf, submit } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import {
  browserWithForm,
  byFranceConnect,
  disputeOf,
  finish,
  ownPassword,
  pressLink,
  statusOf,
  thiefsAddress,
  trail,
  typeCode,
  usurped,
} from './usurped.ts';

test('Ange’s card is stolen: the SMS freezes the thief’s account, nothing gives access to it, FranceConnect replaces it', async (t) => {
  const site = await usurped(t);
  const { person } = site;
  const { nir } = person.line;
  const thief = await signedInVisitor(site, person);
  assert.equal((await thief.get(paths.account)).status, 200);
  await new Visitor(site.app).get(paths.forgotten);
  const forgetful = new Visitor(site.app);
  await forgetful.get(paths.forgotten);
  await forgetful.post(paths.forgotten, { nir });
  const reset = withToken(paths.newPassword, (await latestMail(site, 'password-reset')).token ?? '');
  assert.equal(
    (await change(thief, paths.accountEmail, { email: 'v2@exemple.fr', emailConfirmation: 'v2@exemple.fr' }))
      .status,
    303,
  );
  const newAddress = withToken(paths.link, (await latestMail(site, 'new-address')).token ?? '');

  const code = await disputeOf(site, 'account-created-sms');
  const spoken = `${code.slice(0, 4).toLowerCase()} ${code.slice(4, 8)}-${code.slice(8)}`;
  assert.equal((await typeCode(site, spoken)).location, paths.frozen);
  assert.equal(await statusOf(site), 'frozen');
  assert.deepEqual(await trail(site, 'account-frozen'), [
    { by: 'sms', notice: 'account-created-sms', was: 'active' },
  ]);

  // The thief’s next click, password, mails.
  assert.equal((await thief.get(paths.account)).location, paths.signIn);
  const refused = await signIn(thief, nir);
  const wrong = await signIn(new Visitor(site.app), personNamed('loire').line.nir, 'Faux.Lune8');
  const said = (html: string) =>
    /id="main-content"[\s\S]*?<form/.exec(html)?.[0].replace(/ value="[^"]*"/g, '');
  assert.equal(refused.status, 422);
  assert.equal(said(refused.html), said(wrong.html), 'as for a wrong password');
  for (const dead of [reset, newAddress]) {
    const visitor = await browserWithForm(site.app);
    assert.equal((await visitor.get(dead)).status, 404, dead);
    assert.equal(
      (await visitor.post(dead, { motDePasse: ownPassword, confirmation: ownPassword })).status,
      404,
    );
  }
  const before = (await site.mails()).length;
  await forgetful.get(paths.forgotten);
  assert.equal((await forgetful.post(paths.forgotten, { nir })).location, paths.forgottenSent);
  assert.equal((await site.mails()).length, before, 'no mail to the thief');
  assert.equal(
    (await latestMail(site, 'account-frozen-sms')).number,
    '+33639980001',
    'the owner is notified',
  );

  // Ange comes back.
  const owner = new Visitor(site.app);
  site.clock.advance(60_000);
  const where = (html: string) => /Si votre carte Vitale vous est demandée/.test(html);
  assert.equal(
    where((await owner.get(paths.frozen)).html),
    true,
    'the way to a letter, which begins elsewhere',
  );
  assert.equal((await byFranceConnect(site, owner, person)).location, paths.terms);
  const replaces = /Le compte à votre nom est bloqué/;
  assert.match((await owner.get(paths.terms)).html, replaces, 'they may have come to sign in');
  assert.equal(where((await owner.get(paths.frozen)).html), false, 'known by now');
  await finish(owner, 'ange@exemple.fr');
  assert.equal((await latestMail(site, 'account-reclaimed')).address, thiefsAddress);
  assert.equal((await latestMail(site, 'account-created-sms')).number, '+33639980001');
  const link = withToken(paths.link, (await latestMail(site, 'activation')).token ?? '');
  await owner.get(link);
  assert.equal((await owner.post(link)).location, paths.confirmed);
  assert.equal((await signIn(new Visitor(site.app), nir)).status, 422, 'the thief’s password');
  assert.equal((await signIn(owner, nir, ownPassword)).location, paths.account);
  assert.doesNotMatch((await owner.get(paths.account)).html, /v•+|voleur/);
  const { db } = site.services;
  const consents = await db.selectFrom('consent').select('id').execute();
  assert.equal(consents.length, 5, 'the thief’s answers are gone');
  assert.equal((await db.selectFrom('email_claim').select('email_key').execute()).length, 1);
  assert.equal((await typeCode(site, code)).status, 200, 'the older SMS is about an account that is no more');
  assert.equal(await statusOf(site), 'active');
});

test('Odile is notified by mail: one click before the thief has confirmed the address, and the account is never activated', async (t) => {
  const site = await usurped(t, { cle: 'loire', confirmed: false });
  const { person, thief } = site;
  const { token = '' } = await latestMail(site, 'activation');
  assert.equal((await pressLink(site, await disputeOf(site, 'account-created'))).location, paths.frozen);
  const link = withToken(paths.link, token);
  const late = await browserWithForm(site.app);
  assert.equal((await late.get(link)).status, 404);
  assert.equal((await late.post(link)).status, 404);
  assert.equal((await late.post(`${link}/renvoyer`)).status, 404, 'no other message');
  assert.notEqual((await thief.get(paths.waiting)).location, paths.confirmed);
  assert.doesNotMatch((await thief.get(paths.waiting)).html, /voleur/);
  assert.equal((await signIn(new Visitor(site.app), person.line.nir)).status, 422);
  assert.equal(await statusOf(site), 'frozen');
  assert.deepEqual(await trail(site, 'account-frozen'), [
    { by: 'email', notice: 'account-created', was: 'pending' },
  ]);
  const told = await latestMail(site, 'account-frozen');
  assert.equal(told.address, person.line.knownEmail);
});

test('the stolen card does not take a frozen account back, nor do codes by SMS or e-mail; a letter does', async (t) => {
  const site = await usurped(t);
  const { person } = site;
  await typeCode(site, await disputeOf(site, 'account-created-sms'));
  site.clock.advance(60_000);
  const thief = new Visitor(site.app);
  await submit(thief, paths.identity, identityOf(person), paths.proof);
  await submit(thief, paths.proof, proofOf(person), paths.frozen);
  assert.notEqual((await thief.get(paths.terms)).status, 200);
  for (const [canal, kind] of [
    ['sms', 'provisional-code-sms'],
    ['courriel', 'provisional-code'],
  ] as const) {
    await thief.get(paths.otherWays);
    assert.equal((await thief.post(paths.otherWays, { canal })).location, paths.provisionalCode);
    const { code = '' } = await latestMail(site, kind);
    await thief.get(paths.provisionalCode);
    const seen = await thief.post(paths.provisionalCode, { nir: person.line.nir, code });
    assert.equal(seen.location, paths.frozen, canal);
    assert.notEqual((await thief.get(paths.terms)).status, 200);
    site.clock.advance(120_000);
  }
  assert.equal(await statusOf(site), 'frozen');
  assert.equal((await trail(site, 'account-frozen-met')).length, 3);

  const owner = new Visitor(site.app);
  await submit(owner, paths.identity, identityOf(person), paths.proof);
  await owner.get(paths.otherWays);
  assert.equal((await owner.post(paths.otherWays, { canal: 'courrier' })).location, paths.provisionalCode);
  const { code = '' } = await latestMail(site, 'provisional-code-letter');
  site.clock.advance(3 * 86_400_000);
  const home = new Visitor(site.app);
  await home.get(paths.provisionalCode);
  assert.equal(
    (await home.post(paths.provisionalCode, { nir: person.line.nir, code })).location,
    paths.terms,
  );
  await finish(home, 'ange@exemple.fr');
  assert.equal(await statusOf(site), 'pending');
  assert.deepEqual(await trail(site, 'account-reclaimed'), [{ route: 'code-provisoire' }]);
});

test('a dossier that the thief had proved before the freeze is worthless after it', async (t) => {
  const site = await usurped(t, { confirmed: false });
  const { person } = site;
  const second = new Visitor(site.app);
  await submit(second, paths.identity, identityOf(person), paths.proof);
  await submit(second, paths.proof, proofOf(person), paths.terms);
  site.clock.advance(1_000);
  await typeCode(site, await disputeOf(site, 'account-created-sms'));
  assert.notEqual((await second.get(paths.terms)).status, 200);
  assert.equal((await second.post(paths.terms, { accord: 'oui' })).location === paths.password, false);
  assert.equal(await statusOf(site), 'frozen');
});

test('an active account is not replaced by a person who merely proves again', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  await openAccountOf(site, person, 'ange@exemple.fr');
  site.clock.advance(60_000);
  const thief = new Visitor(site.app);
  await submit(thief, paths.identity, identityOf(person), paths.proof);
  await submit(thief, paths.proof, proofOf(person), paths.alreadyOpen);
  assert.equal(await statusOf(site), 'active');
  assert.equal((await signIn(new Visitor(site.app), person.line.nir)).location, paths.account);
});

test('FranceConnect alone does not replace an account that is not frozen', async (t) => {
  const site = await usurped(t);
  const owner = new Visitor(site.app);
  assert.equal((await byFranceConnect(site, owner, site.person)).location, paths.franceConnectOutcome);
  assert.equal(await statusOf(site), 'active');
});

test('a FranceConnect link made by the thief ends with the freeze; signing in by it leads to a new account', async (t) => {
  const site = await usurped(t);
  const { person, franceConnect } = site;
  const thief = await signedInVisitor(site, person);
  franceConnect.answers(proven(person));
  await thief.get(paths.accountFranceConnect);
  const away = await thief.post(paths.accountFranceConnect, {
    lien: 'faire',
    motDePasseActuel: goodPassword,
  });
  const state = new URL(away.location ?? '').searchParams.get('state') ?? '';
  assert.equal(
    (await thief.get(`${paths.franceConnectReturn}?state=${state}&code=x`)).location,
    paths.accountFranceConnect,
  );
  const { db } = site.services;
  assert.equal((await db.selectFrom('franceconnect_link').selectAll().execute()).length, 1);
  await pressLink(site, await disputeOf(site, 'franceconnect-linked'));
  assert.equal((await db.selectFrom('franceconnect_link').selectAll().execute()).length, 0);
  site.clock.advance(60_000);
  const visitor = new Visitor(site.app);
  assert.equal((await byFranceConnect(site, visitor, person, 'connexion')).location, paths.terms);
});

test('Ange freezes his own account by mistake, and gets a new one the same way', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  await openAccountOf(site, person, 'ange@exemple.fr');
  await pressLink(site, await disputeOf(site, 'account-active'));
  assert.equal((await signIn(new Visitor(site.app), person.line.nir)).status, 422);
  assert.equal(await statusOf(site), 'frozen');
  site.clock.advance(60_000);
  const again = new Visitor(site.app);
  await submit(again, paths.identity, identityOf(person), paths.proof);
  await again.get(paths.otherWays);
  await again.post(paths.otherWays, { canal: 'courrier' });
  const { code = '' } = await latestMail(site, 'provisional-code-letter');
  await again.get(paths.provisionalCode);
  await again.post(paths.provisionalCode, { nir: person.line.nir, code });
  await finish(again, 'ange@exemple.fr');
  assert.equal(await statusOf(site), 'pending', 'with the same address');
  const { token = '' } = await latestMail(site, 'activation');
  const link = withToken(paths.link, token);
  await again.get(link);
  assert.equal((await again.post(link)).location, paths.confirmed);
});

test('the thief changes the password, then the address: each mail to the owner freezes what was taken', async (t) => {
  for (const kind of ['password-changed', 'address-changed', 'telephone-changed'] as const) {
    const site = await testApp(t);
    const person = personNamed('venturi');
    await openAccountOf(site, person, 'ange@exemple.fr');
    site.clock.advance(60_000);
    const thief = await signedInVisitor(site, person);
    if (kind === 'password-changed')
      await change(thief, paths.accountPassword, { motDePasse: ownPassword, confirmation: ownPassword });
    if (kind === 'telephone-changed')
      await change(thief, paths.accountTelephones, { portable: '0612345678', fixe: '' });
    if (kind === 'address-changed') {
      const email = 'voleur@exemple.fr';
      await change(thief, paths.accountEmail, { email, emailConfirmation: email });
      const link = withToken(paths.link, (await latestMail(site, 'new-address')).token ?? '');
      await thief.get(link);
      assert.equal((await thief.post(link)).location, paths.confirmed);
    }
    assert.equal((await latestMail(site, kind)).address, 'ange@exemple.fr');
    assert.equal((await pressLink(site, await disputeOf(site, kind))).location, paths.frozen, kind);
    assert.equal((await thief.get(paths.account)).location, paths.signIn, kind);
    assert.deepEqual(await trail(site, 'account-frozen'), [{ by: 'email', notice: kind, was: 'active' }]);
  }
});

test('a program with the stolen card gets the answer that the account is frozen, and no access', async (t) => {
  const site = await usurped(t);
  await typeCode(site, await disputeOf(site, 'account-created-sms'));
  site.clock.advance(60_000);
  const program = new Program(site.app);
  await program.ask('POST', '/dossiers', identityJson(site.person));
  const proven = await program.ask('POST', '/dossier/verification', proofJson(site.person));
  assert.deepEqual([proven.status, proven.body.code], [409, 'account-frozen']);
  assert.equal((await program.ask('GET', '/dossier/conditions')).status, 409, 'no step is open');
  assert.equal(await statusOf(site), 'frozen');
});
