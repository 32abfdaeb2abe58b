import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { scriptedFranceConnect } from './franceconnect/scripted.ts';
import { testApp } from './setting/application.ts';
import {
  agree,
  choosePassword,
  contactOf,
  enrol,
  goodPassword,
  identify,
  identityOf,
  proofOf,
  prove,
} from './steps.ts';
import { Visitor } from './visitor.ts';

const venturi = personNamed('venturi');

test('Venturi opens an account, confirms by the link, and tries every short cut on the way', async (t) => {
  const { app, mails, services } = await testApp(t);
  const venturiBrowser = new Visitor(app);

  for (const path of [paths.proof, paths.terms, paths.password, paths.contact])
    assert.equal((await venturiBrowser.get(path)).location, paths.identity, `${path} without a dossier`);

  await venturiBrowser.get(paths.caisse);
  await venturiBrowser.post(paths.caisse, { codePostal: venturi.line.postalCode });
  await venturiBrowser.post(paths.caisseConfirm);
  const asked = await venturiBrowser.get(paths.identity);
  assert.match(
    asked.html,
    new RegExp(`name="codePostal"[^>]* value="${venturi.line.postalCode}"`),
    'not asked twice',
  );

  await identify(venturiBrowser, venturi);
  assert.equal(venturiBrowser.cookies.has('code-postal'), false, 'nor kept for the next person');
  for (const path of [paths.terms, paths.password, paths.contact])
    assert.equal((await venturiBrowser.get(path)).location, paths.proof, `${path} before the proof`);
  const recalled = await venturiBrowser.get(paths.proof);
  assert.match(recalled.html, /FR 64 2004 1\*\*\* \*\*01 3478/);
  assert.equal((await venturiBrowser.post(paths.contact, contactOf('v@exemple.fr'))).location, paths.proof);

  assert.equal((await venturiBrowser.post(paths.proof, proofOf(venturi))).location, paths.terms);
  assert.equal((await venturiBrowser.post(paths.proof, proofOf(venturi))).location, paths.terms, 'replayed');
  assert.equal((await venturiBrowser.get(paths.contact)).location, paths.terms);

  const refused = await venturiBrowser.post(paths.terms, { accord: 'non' });
  assert.equal(refused.location, paths.terms);
  assert.match((await venturiBrowser.get(paths.terms)).html, /Vous ne pourrez pas créer de compte/);
  assert.equal((await venturiBrowser.post(paths.terms, { accord: 'oui' })).location, paths.password);

  const choosing = await venturiBrowser.get(paths.password);
  assert.match(choosing.html, new RegExp(`autocomplete="username" value="${venturi.line.nir}" hidden`));
  const others = choosing.html.replace(`value="${venturi.line.nir}"`, '');
  for (const part of [
    '1962',
    '181262',
    venturi.line.nir.slice(0, 6),
    venturi.line.nir.slice(-6).toLowerCase(),
  ])
    assert.ok(!others.includes(part), `nothing else tells the number or the date of birth: ${part}`);
  const password = { motDePasse: goodPassword, confirmation: goodPassword };
  assert.equal((await venturiBrowser.post(paths.password, password)).location, paths.contact);
  assert.equal(
    (await venturiBrowser.post(paths.contact, contactOf('venturi@exemple.fr'))).location,
    paths.waiting,
  );
  for (const path of [paths.proof, paths.terms, paths.password, paths.contact])
    assert.equal((await venturiBrowser.get(path)).location, paths.waiting, `${path} after the end`);

  const mail = (await mails()).find(({ kind }) => kind === 'activation');
  assert.equal(mail?.kind, 'activation');
  const link = withToken(paths.link, mail?.content.token ?? '');
  const elsewhere = new Visitor(app);
  for (let i = 0; i < 20; i++) assert.equal((await elsewhere.get(link)).status, 200);
  const pending = await services.db.selectFrom('account').select('status').executeTakeFirstOrThrow();
  assert.equal(pending.status, 'pending', 'looking at the link changes nothing');
  assert.equal((await elsewhere.post(link)).location, paths.confirmed);
  const active = await services.db.selectFrom('account').select('status').executeTakeFirstOrThrow();
  assert.equal(active.status, 'active');
  assert.match((await elsewhere.get(link)).html, /déjà confirmée/);
  assert.equal((await venturiBrowser.get(paths.waiting)).location, paths.confirmed);
});

test('fifty contact forms at once make one account and one mail', async (t) => {
  const { app, mails, services } = await testApp(t);
  const visitor = new Visitor(app);
  await choosePassword(visitor, venturi);
  await visitor.get(paths.contact);
  const twins = Array.from({ length: 50 }, () => visitor.twin());
  const seen = await Promise.all(
    twins.map((twin) => twin.post(paths.contact, contactOf('venturi@exemple.fr'))),
  );
  assert.deepEqual(
    [...new Set(seen.map(({ status, location }) => `${status} ${location}`))],
    [`303 ${paths.waiting}`],
  );
  const accounts = await services.db.selectFrom('account').select('person_key').execute();
  assert.equal(accounts.length, 1);
  assert.deepEqual((await mails()).map(({ kind }) => kind).sort(), ['account-created-sms', 'activation']);
});

test('two dossiers of one person race: one account, and both wait for it', async (t) => {
  const { app, services } = await testApp(t);
  const [here, there] = [new Visitor(app), new Visitor(app)];
  for (const visitor of [here, there]) {
    await choosePassword(visitor, venturi);
    await visitor.get(paths.contact);
  }
  const seen = await Promise.all([
    here.post(paths.contact, contactOf('ici@exemple.fr')),
    there.post(paths.contact, contactOf('la@exemple.fr')),
  ]);
  assert.deepEqual(
    seen.map(({ location }) => location),
    [paths.waiting, paths.waiting],
  );
  assert.equal((await services.db.selectFrom('account').select('person_key').execute()).length, 1);
  for (const visitor of [here, there]) assert.equal((await visitor.get(paths.waiting)).status, 200);
});

test('an address that is taken gets the same answer; its owner gets the mail', async (t) => {
  const { app, clock, mails } = await testApp(t);
  await enrol(new Visitor(app), venturi, 'famille@exemple.fr');
  clock.advance(1000);
  const other = personNamed('carte-avec-photo');
  const visitor = new Visitor(app);
  await choosePassword(visitor, other);
  await visitor.get(paths.contact);
  const seen = await visitor.post(paths.contact, contactOf('Famille@exemple.fr'));
  assert.equal(seen.location, paths.waiting);
  assert.equal((await visitor.get(paths.waiting)).status, 200);
  assert.deepEqual(
    (await mails()).map(({ kind }) => kind).filter((kind) => kind !== 'account-created-sms'),
    ['activation', 'address-taken'],
  );
});

test('a whole date in the field of the day is the date of birth', async (t) => {
  const visitor = new Visitor((await testApp(t)).app);
  await visitor.get(paths.identity);
  const date = { 'dateNaissance-jour': '18/12/1962', 'dateNaissance-mois': '', 'dateNaissance-annee': '' };
  assert.equal((await visitor.post(paths.identity, identityOf(venturi, date))).location, paths.proof);
});

test('a wrong name, date, postal code and an unknown NIR get the same page', async (t) => {
  const { app } = await testApp(t);
  const pages = new Map<string, string>();
  for (const [what, changes] of Object.entries({
    name: { nom: 'Personne' },
    date: { 'dateNaissance-jour': '19' },
    postalCode: { codePostal: '80000' },
    nir: { nir: '2690549588157' },
  })) {
    const visitor = new Visitor(app);
    await visitor.get(paths.identity);
    const seen = await visitor.post(paths.identity, identityOf(venturi, changes));
    assert.equal(seen.status, 422);
    assert.match(seen.title, /^Erreur\s: /);
    const same = seen.html.replaceAll(/value="[^"]*"/g, '');
    pages.set(what, same);
  }
  assert.equal(new Set(pages.values()).size, 1);
});

test('after five wrong proofs the right one is refused too, until the time that is shown', async (t) => {
  const { app, clock, services } = await testApp(t);
  const visitor = new Visitor(app);
  await identify(visitor, venturi);
  await visitor.get(paths.proof);
  const wrong = { ...proofOf(venturi), numeroSerie: '04671322631' };
  const said: (string | undefined)[] = [];
  for (let i = 0; i < 5; i++) {
    const seen = await visitor.post(paths.proof, wrong);
    assert.equal(seen.status, 422);
    said.push(/un seul essai|dernier essai/.exec(seen.html)?.[0]);
  }
  assert.deepEqual(said, [undefined, undefined, undefined, 'un seul essai', 'dernier essai']);
  const blocked = await visitor.post(paths.proof, proofOf(venturi));
  assert.equal(blocked.status, 429);
  assert.match(blocked.html, /le\s3\smars\s2026 à\s10/);
  assert.match(
    blocked.html,
    /autres-moyens">(?:<span aria-hidden="true">)?Recevoir un code provisoire par courrier/,
  );
  assert.match(blocked.html, /tel:3646/);
  assert.doesNotMatch(blocked.html, /FranceConnect/, 'only what is truly open');
  await visitor.get(paths.otherWays);
  assert.equal((await visitor.post(paths.otherWays, { canal: 'courrier' })).location, paths.provisionalCode);
  await visitor.get(paths.proof);
  const held = await visitor.post(paths.proof, proofOf(venturi));
  assert.match(held.html, /plus tard.*par courrier[^<]*: le\s3\smars/s, 'one letter a day');
  Object.assign(services, { franceConnect: { ...scriptedFranceConnect() } });
  assert.match((await visitor.post(paths.proof, proofOf(venturi))).html, /avec FranceConnect/);
  Object.assign(services, { franceConnect: null });
  clock.advance(24 * 3_600_000 + 1000);
  const again = new Visitor(app);
  await prove(again, venturi);
});

test('fifty wrong proofs at once: five are judged', async (t) => {
  const { app } = await testApp(t);
  const visitor = new Visitor(app);
  await identify(visitor, venturi);
  await visitor.get(paths.proof);
  const wrong = { ...proofOf(venturi), iban7: '0000000' };
  const seen = await Promise.all(Array.from({ length: 50 }, () => visitor.twin().post(paths.proof, wrong)));
  assert.equal(seen.filter(({ status }) => status === 422).length, 5);
  assert.equal(seen.filter(({ status }) => status === 429).length, 45);
});

test('a form from a page that is too old comes back with what was typed', async (t) => {
  const { app } = await testApp(t);
  const visitor = new Visitor(app, { 'sec-fetch-site': 'same-origin' });
  await visitor.get(paths.identity);
  const seen = await visitor.post(paths.identity, identityOf(venturi), { csrf: 'forged' });
  assert.equal(seen.status, 403);
  assert.match(seen.html, /value="162122B010001"/);
  assert.equal((await visitor.post(paths.identity, identityOf(venturi))).location, paths.proof);
});

test('the password page refuses what the rules refuse, and never shows the password again', async (t) => {
  const { app } = await testApp(t);
  const visitor = new Visitor(app);
  await agree(visitor, venturi);
  await visitor.get(paths.password);
  for (const bad of ['Court1', 'sansmajuscule1', 'Chat-18121962-noir', 'Azerty123!', 'Éléphant-rose-1']) {
    const seen = await visitor.post(paths.password, { motDePasse: bad, confirmation: bad });
    assert.equal(seen.status, 422, bad);
    assert.ok(!seen.html.includes(bad), bad);
  }
});
