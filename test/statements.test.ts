import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { codeSent, wrongCode } from './codes/channels.ts';
import { Abroad, franceConnectSite } from './franceconnect/site.ts';
import { depositPayments, depositRights, family, familyPayments } from './payments/deposited.ts';
import { latestMail, openAccountOf } from './setting/account.ts';
import { testApp } from './setting/application.ts';
import { Counted } from './setting/counted.ts';
import { messageIn, readMessages } from './setting/messages.ts';
import { contactOf, enrol, goodPassword, identityOf, proofOf } from './steps.ts';

const unknownNir = '2690549588157';

test('opening an account by carte Vitale', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  const visitor = new Counted(site);
  await visitor.get(paths.home);
  await visitor.answer(paths.identity, identityOf(person));
  await visitor.answer(paths.proof, proofOf(person));
  await visitor.answer(paths.terms, { accord: 'oui' });
  await visitor.answer(paths.password, { motDePasse: goodPassword, confirmation: goodPassword });
  await visitor.answer(paths.contact, contactOf('venturi@exemple.fr'));
  await visitor.get(paths.waiting);
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.home}`, 0],
    [`GET ${paths.identity}`, 0],
    // The person in the register; what begins, with the attempt.
    [`POST ${paths.identity}`, 2],
    [`GET ${paths.proof}`, 1],
    [`POST ${paths.proof}`, 3],
    [`GET ${paths.terms}`, 1],
    [`POST ${paths.terms}`, 2],
    [`GET ${paths.password}`, 1],
    [`POST ${paths.password}`, 2],
    [`GET ${paths.contact}`, 1],
    // Whether the address is free; all that is stored.
    [`POST ${paths.contact}`, 3],
    [`GET ${paths.waiting}`, 2],
  ]);
  const { token = '' } = await latestMail(site, 'activation');
  await visitor.answer(withToken(paths.link, token));
  await visitor.get(paths.confirmed);
  await visitor.answer(paths.signIn, { nir: person.line.nir, motDePasse: goodPassword });
  await visitor.get(paths.account);
  await visitor.send(paths.signOut);
  assert.deepEqual(visitor.costs.slice(12), [
    // A link says whose it is: the session that waits in this browser is not looked up.
    [`GET ${paths.link}`, 1],
    [`POST ${paths.link}`, 2],
    [`GET ${paths.confirmed}`, 0],
    [`GET ${paths.signIn}`, 1],
    [`POST ${paths.signIn}`, 4],
    [`GET ${paths.account}`, 2],
    [`POST ${paths.signOut}`, 2],
  ]);
  assert.equal(visitor.total, 30);
});

test('the pages that wait for an address to be confirmed', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  const visitor = new Counted(site);
  await visitor.begin((browser) => enrol(browser, person, 'venturi@exemple.fr'));
  await visitor.answer(paths.waitingAddress, { email: 'v@exemple.fr', emailConfirmation: 'v@exemple.fr' });
  site.clock.advance(120_000);
  await visitor.send(paths.waitingResend);
  const { code = '' } = await latestMail(site, 'activation');
  await visitor.send(paths.waiting, { code });
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.waitingAddress}`, 1],
    [`POST ${paths.waitingAddress}`, 8],
    // One of them notes that the person was seen, two minutes later.
    [`POST ${paths.waitingResend}`, 9],
    [`POST ${paths.waiting}`, 5],
  ]);
});

test('signing in, by password', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  await openAccountOf(site, person, 'venturi@exemple.fr');
  const credentials = { nir: person.line.nir, motDePasse: goodPassword };
  const visitor = new Counted(site);
  // The account, its password and the browser; the attempt; all the rest at once.
  await visitor.answer(paths.signIn, credentials);
  await visitor.get(paths.account);
  await visitor.send(paths.signOut);
  await visitor.answer(paths.signIn, credentials);
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.signIn}`, 0],
    // The browser is news to the account, and its owner is told.
    [`POST ${paths.signIn}`, 3],
    [`GET ${paths.account}`, 2],
    [`POST ${paths.signOut}`, 2],
    [`GET ${paths.signIn}`, 0],
    [`POST ${paths.signIn}`, 3],
  ]);
  const refused = new Counted(site);
  for (const nir of [person.line.nir, unknownNir]) {
    await refused.get(paths.signIn);
    await refused.send(paths.signIn, { nir, motDePasse: 'Pas.Le.Bon1' }, 422);
  }
  assert.deepEqual(refused.costs, [
    [`GET ${paths.signIn}`, 0],
    // The attempt settled, with its audit event; whether the form was sent twice.
    [`POST ${paths.signIn}`, 4],
    [`GET ${paths.signIn}`, 0],
    [`POST ${paths.signIn}`, 4],
  ]);
});

for (const [canal, asked] of [
  ['sms', 5],
  ['courriel', 5],
  ['courrier', 4],
] as const)
  test(`proving who one is by a code, «${canal}»`, async (t) => {
    const site = await testApp(t);
    const person = personNamed('sans-iban');
    const visitor = new Counted(site);
    await visitor.answer(paths.identity, identityOf(person));
    await visitor.answer(paths.otherWays, { canal });
    const code = await codeSent(site, canal);
    await visitor.get(paths.provisionalCode);
    await visitor.send(paths.provisionalCode, { nir: person.line.nir, code: wrongCode(code) }, 422);
    await visitor.send(paths.provisionalCode, { nir: person.line.nir, code });
    assert.deepEqual(visitor.costs.slice(2), [
      [`GET ${paths.otherWays}`, 2],
      // The person, with the open code; what is held back; all that is sent.
      [`POST ${paths.otherWays}`, asked],
      [`GET ${paths.provisionalCode}`, 2],
      [`POST ${paths.provisionalCode}`, 7],
      // Whether tries are suspended; the codes; the attempt, with SMS that are forgiven; the proof.
      [`POST ${paths.provisionalCode}`, 5],
    ]);
  });

test('opening an account with a code by SMS', async (t) => {
  const site = await testApp(t);
  const person = personNamed('sans-iban');
  const { nir } = person.line;
  const visitor = new Counted(site);
  await visitor.answer(paths.identity, identityOf(person));
  await visitor.answer(paths.otherWays, { canal: 'sms' });
  await visitor.answer(paths.provisionalCode, { nir, code: await codeSent(site, 'sms') });
  await visitor.answer(paths.terms, { accord: 'oui' });
  await visitor.answer(paths.password, { motDePasse: goodPassword, confirmation: goodPassword });
  await visitor.answer(paths.contact, contactOf('sans-iban@exemple.fr'));
  await visitor.get(paths.waiting);
  const { token = '' } = await latestMail(site, 'activation');
  await visitor.answer(withToken(paths.link, token));
  await visitor.get(paths.confirmed);
  await visitor.answer(paths.signIn, { nir, motDePasse: goodPassword });
  await visitor.get(paths.account);
  await visitor.send(paths.signOut);
  // The gateway says that the SMS was delivered: two more (test/notices/sms.test.ts).
  assert.equal(visitor.total, 40);
});

test('opening an account and signing in with FranceConnect', async (t) => {
  const site = await franceConnectSite(t);
  const visitor = new Counted(site);
  const abroad = new Abroad();
  const away = `${paths.franceConnect}?pour=`;
  const undecided = new Counted(site);
  const sent = await undecided.get(`${away}creation`, 303);
  await undecided.get(await new Abroad().cancel(sent.location ?? ''), 303);
  assert.deepEqual(undecided.costs, [
    [`GET ${away}creation`, 1],
    // The journey; how it ended, with its audit event.
    [`GET ${paths.franceConnectReturn}`, 2],
  ]);
  await visitor.get(paths.identity);
  const begun = await visitor.send(`${away}creation`, { nom: '', nir: '', codePostal: '' });
  await visitor.get(await abroad.signIn(begun.location ?? '', 'venturi'), 303);
  await visitor.answer(paths.terms, { accord: 'oui' });
  await visitor.answer(paths.password, { motDePasse: goodPassword, confirmation: goodPassword });
  await visitor.answer(paths.contact, contactOf('venturi@exemple.fr'));
  await visitor.get(paths.waiting);
  const { token = '' } = await latestMail(site, 'activation');
  await visitor.answer(withToken(paths.link, token));
  await visitor.get(paths.confirmed);
  await visitor.get(paths.signIn);
  const entering = await visitor.get(`${away}connexion`, 303);
  await visitor.get(await new Abroad().signIn(entering.location ?? '', 'venturi'), 303);
  await visitor.get(paths.account);
  const leaving = await visitor.send(paths.signOut);
  await visitor.get(await abroad.signOut(leaving.location ?? ''), 303);
  await visitor.get(paths.franceConnectSignedOut);
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.identity}`, 0],
    [`POST ${away}creation`, 1],
    // The journey; whether the client is suspended; whose the subject is; the person, and whether they have an account.
    [`GET ${paths.franceConnectReturn}`, 5],
    [`GET ${paths.terms}`, 1],
    [`POST ${paths.terms}`, 2],
    [`GET ${paths.password}`, 1],
    [`POST ${paths.password}`, 2],
    [`GET ${paths.contact}`, 1],
    [`POST ${paths.contact}`, 3],
    [`GET ${paths.waiting}`, 2],
    [`GET ${paths.link}`, 1],
    [`POST ${paths.link}`, 2],
    [`GET ${paths.confirmed}`, 0],
    [`GET ${paths.signIn}`, 1],
    [`GET ${away}connexion`, 2],
    // The session, the journey, whether the client is suspended, whose the subject is, their account; one write.
    [`GET ${paths.franceConnectReturn}`, 6],
    [`GET ${paths.account}`, 2],
    // The session; that at FranceConnect; one write.
    [`POST ${paths.signOut}`, 3],
    // The sign-out that comes back is taken with what the page says of it.
    [`GET ${paths.franceConnectSignedOut}`, 1],
    [`GET ${paths.franceConnectSignedOut}`, 1],
  ]);
  assert.equal(visitor.total, 37);
  const owner = new Counted(site);
  await owner.answer(paths.signIn, { nir: personNamed('venturi').line.nir, motDePasse: goodPassword });
  owner.costs.splice(0);
  const password = { motDePasseActuel: goodPassword };
  await owner.answer(paths.accountFranceConnect, { ...password, lien: 'defaire' });
  const there = await owner.send(paths.accountFranceConnect, { ...password, lien: 'faire' });
  await owner.get(await new Abroad().signIn(there.location ?? '', 'venturi'), 303);
  assert.deepEqual(owner.costs, [
    [`GET ${paths.accountFranceConnect}`, 2],
    // The session; the password, with the link; the attempt, settled; a transaction that locks the account, one write.
    [`POST ${paths.accountFranceConnect}`, 8],
    [`POST ${paths.accountFranceConnect}`, 5],
    // The session, the journey, whether the client is suspended, the person in the register; one write.
    [`GET ${paths.franceConnectReturn}`, 5],
  ]);
});

test('changing an account', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  await openAccountOf(site, person, 'venturi@exemple.fr');
  const visitor = new Counted(site);
  await visitor.answer(paths.signIn, { nir: person.line.nir, motDePasse: goodPassword });
  visitor.costs.splice(0);
  await visitor.get(paths.accountInformation);
  const current = { motDePasseActuel: goodPassword };
  await visitor.answer(paths.accountTelephones, { ...current, portable: '06 39 98 00 02', fixe: '' });
  await visitor.answer(paths.accountConsents, { etudes: 'oui' });
  const paper = { papier: 'oui', frequenceAvis: 'quotidien', phraseRepere: 'le chat dort' };
  await visitor.answer(paths.accountPaper, paper);
  await visitor.answer(paths.accountOffline, { garder: 'oui' });
  await visitor.get(paths.account);
  await visitor.answer(paths.accountOffline, { garder: 'non' });
  await visitor.answer(paths.accountDevices);
  const chosen = { motDePasse: 'Autre.Lune.99', confirmation: 'Autre.Lune.99' };
  await visitor.answer(paths.accountPassword, { ...current, ...chosen });
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.accountInformation}`, 2],
    [`GET ${paths.accountTelephones}`, 1],
    // The password; the attempt, settled; one write.
    [`POST ${paths.accountTelephones}`, 5],
    [`GET ${paths.accountConsents}`, 2],
    // The answers, read for the form; a transaction that locks the account, then reads them again.
    [`POST ${paths.accountConsents}`, 7],
    [`GET ${paths.accountPaper}`, 3],
    // The choice, read for the form and for its answer; one write.
    [`POST ${paths.accountPaper}`, 4],
    [`GET ${paths.accountOffline}`, 1],
    [`POST ${paths.accountOffline}`, 2],
    // One more than without the choice, which the page asks about too.
    [`GET ${paths.account}`, 3],
    [`GET ${paths.accountOffline}`, 3],
    [`POST ${paths.accountOffline}`, 2],
    [`GET ${paths.accountDevices}`, 2],
    [`POST ${paths.accountDevices}`, 2],
    // The person; the address that waits to be confirmed.
    [`GET ${paths.accountPassword}`, 2],
    [`POST ${paths.accountPassword}`, 8],
  ]);
});

test('looking at payments, and saving them', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  await openAccountOf(site, person, 'venturi@exemple.fr');
  await depositRights(site, person, family);
  const [id = ''] = await depositPayments(site, person, familyPayments());
  const visitor = new Counted(site);
  await visitor.answer(paths.signIn, { nir: person.line.nir, motDePasse: goodPassword });
  visitor.costs.splice(0);
  const files = ['/mon-compte/releves/2026-02.pdf', '/mon-compte/releve-fiscal/2025.pdf'];
  const pages = [
    paths.accountPayments,
    paths.accountPayment.replace(':paiement', id),
    paths.accountPaymentsCsv,
  ];
  for (const path of [...pages, ...files]) await visitor.get(path);
  // Those insured together; the payments.
  assert.deepEqual(
    visitor.costs.map(([, statements]) => statements),
    [3, 3, 3, 3, 3],
  );
});

test('messages', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  await openAccountOf(site, person, 'venturi@exemple.fr');
  await readMessages(site);
  const visitor = new Counted(site);
  await visitor.answer(paths.signIn, { nir: person.line.nir, motDePasse: goodPassword });
  visitor.costs.splice(0);
  const message = messageIn(await visitor.get(paths.messageWrite));
  const words = { message, sujet: 'droits', texte: 'Bonjour' };
  const { location } = await visitor.send(paths.messageWrite, words);
  await visitor.get(location ?? '');
  await visitor.get(paths.messages);
  assert.deepEqual(
    visitor.costs.map(([, statements]) => statements),
    // The sender, the drafts. The sender, the drafts, the key of the person, the count, the message.
    // The thread; its attachments, its sender twice, the drafts. The messages, their senders.
    [3, 6, 6, 3],
  );
});
