import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { identityJson, Program, proofJson } from './api/program.ts';
import { Abroad, franceConnectSite } from './franceconnect/site.ts';
import { addSender, depositRights, familyOf } from './papers/setting.ts';
import { latestMail, openAccountOf } from './setting/account.ts';
import { testApp } from './setting/application.ts';
import { Counted } from './setting/counted.ts';
import { sentDuring } from './setting/statements.ts';
import { goodPassword } from './steps.ts';

const person = personNamed('venturi');
const { nir } = person.line;
const current = { motDePasseActuel: goodPassword };
const chosen = { motDePasse: 'Autre.Lune.99', confirmation: 'Autre.Lune.99' };

test('changing the address of an account', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, person, 'venturi@exemple.fr');
  const visitor = new Counted(site);
  await visitor.answer(paths.signIn, { nir, motDePasse: goodPassword });
  visitor.costs.splice(0);
  const address = { email: 'v@exemple.fr', emailConfirmation: 'v@exemple.fr' };
  await visitor.answer(paths.accountEmail, { ...current, ...address });
  const { code = '', token = '' } = await latestMail(site, 'new-address');
  const link = withToken(paths.link, token);
  await visitor.get(link);
  await visitor.answer(paths.accountEmailCode, { code });
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.accountEmail}`, 1],
    // The password, settled; the request, counted; a transaction that locks mailbox and account.
    [`POST ${paths.accountEmail}`, 11],
    [`GET ${paths.link}`, 1],
    [`GET ${paths.accountEmailCode}`, 3],
    [`POST ${paths.accountEmailCode}`, 11],
  ]);
});

test('a forgotten password', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, person, 'venturi@exemple.fr');
  const visitor = new Counted(site);
  await visitor.answer(paths.forgotten, { nir });
  await visitor.answer(paths.forgotten, { nir: '2690549588157' });
  const { token = '' } = await latestMail(site, 'password-reset');
  await visitor.answer(withToken(paths.newPassword, token), chosen);
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.forgotten}`, 0],
    [`POST ${paths.forgotten}`, 11],
    [`GET ${paths.forgotten}`, 0],
    // As for a number that has an account.
    [`POST ${paths.forgotten}`, 11],
    [`GET ${paths.newPassword}`, 1],
    // The link; a transaction that locks the account, so that no session that begins meanwhile is left.
    [`POST ${paths.newPassword}`, 5],
  ]);
});

test('«ce n’est pas moi»', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, person, 'venturi@exemple.fr');
  const { dispute = '' } = await latestMail(site, 'account-active');
  const visitor = new Counted(site);
  await visitor.get(paths.dispute);
  await visitor.send(paths.dispute, { code: 'ABCDEFGHJKMN' }, 422);
  await visitor.answer(withToken(paths.disputeLink, dispute));
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.dispute}`, 0],
    [`POST ${paths.dispute}`, 2],
    [`GET ${paths.disputeLink}`, 1],
    // A transaction that ends everything that opens the account.
    [`POST ${paths.disputeLink}`, 17],
  ]);
});

test('linking an account to FranceConnect, and unlinking it', async (t) => {
  const site = await franceConnectSite(t);
  await openAccountOf(site, person, 'venturi@exemple.fr');
  const visitor = new Counted(site);
  await visitor.answer(paths.signIn, { nir, motDePasse: goodPassword });
  visitor.costs.splice(0);
  await visitor.get(paths.accountFranceConnect);
  const away = await visitor.send(paths.accountFranceConnect, { ...current, lien: 'faire' });
  await visitor.get(await new Abroad().signIn(away.location ?? '', 'venturi'), 303);
  await visitor.get(paths.accountFranceConnect);
  await visitor.send(paths.accountFranceConnect, { ...current, lien: 'defaire' });
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.accountFranceConnect}`, 2],
    [`POST ${paths.accountFranceConnect}`, 5],
    [`GET ${paths.franceConnectReturn}`, 5],
    [`GET ${paths.accountFranceConnect}`, 2],
    [`POST ${paths.accountFranceConnect}`, 8],
  ]);
});

test('opening an account by a program', async (t) => {
  const site = await testApp(t);
  const program = new Program(site.app);
  const costs: [request: string, statements: number][] = [];
  const ask = async (path: string, body: unknown, status = 200) => {
    const sent = await sentDuring(async () =>
      assert.equal((await program.ask('POST', path, body)).status, status, path),
    );
    costs.push([path, sent.length]);
  };
  await ask('/dossiers', identityJson(person), 201);
  await ask('/dossier/verification', proofJson(person));
  await ask('/dossier/conditions', { accord: true });
  await ask('/dossier/mot-de-passe', { motDePasse: goodPassword });
  await ask('/dossier/coordonnees', { email: 'ange.venturi@exemple.fr', portable: '06 50 56 42 78' });
  const { code = '' } = await latestMail(site, 'activation');
  await ask('/dossier/validation-email', { code });
  assert.deepEqual(costs, [
    ['/dossiers', 2],
    ['/dossier/verification', 3],
    ['/dossier/conditions', 2],
    ['/dossier/mot-de-passe', 2],
    ['/dossier/coordonnees', 3],
    ['/dossier/validation-email', 5],
  ]);
});

test('the papers of an account', async (t) => {
  const site = await testApp(t);
  await addSender(site);
  await openAccountOf(site, person, 'venturi@exemple.fr');
  await depositRights(site, person, familyOf(person));
  const visitor = new Counted(site);
  await visitor.answer(paths.signIn, { nir, motDePasse: goodPassword });
  visitor.costs.splice(0);
  await visitor.get(paths.accountAttestation);
  await visitor.send(paths.accountAttestation, { beneficiaire: '1', sante: 'non' }, 200);
  await visitor.get(paths.accountDocuments);
  const departure = { 'depart-jour': '4', 'depart-mois': '5', 'depart-annee': '2026' };
  await visitor.answer(paths.accountEuropeanCard, { ...departure, beneficiaires: '1' });
  await visitor.get(paths.accountCopy);
  await visitor.send(paths.accountCopy, { ...current, fichier: 'json' }, 200);
  assert.deepEqual(visitor.costs, [
    // The session; the rights, what was made.
    [`GET ${paths.accountAttestation}`, 3],
    // The session, the rights, the limit; a transaction: the account, all that is stored.
    [`POST ${paths.accountAttestation}`, 7],
    // No document: no sender to name.
    [`GET ${paths.accountDocuments}`, 4],
    // The session; the rights, what was made, the register, the sender.
    [`GET ${paths.accountEuropeanCard}`, 5],
    // The same, and the key of messages; a transaction: the account, what was made, all that is stored.
    [`POST ${paths.accountEuropeanCard}`, 11],
    [`GET ${paths.accountCopy}`, 1],
    // The session, the password with its try; the limit; everything, once for each table; one write.
    [`POST ${paths.accountCopy}`, 26],
  ]);
});
