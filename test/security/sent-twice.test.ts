import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { changeConsents } from '#src/account/consents/change-consents.ts';
import { changeCorrespondence } from '#src/account/correspondence/change-correspondence.ts';
import { changeTelephones } from '#src/account/telephones/change-telephones.ts';
import { findAccountOfNir } from '#src/accounts/find-account.ts';
import { findCorrespondence } from '#src/correspondence/correspondence.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { identityJson, Program, proofJson } from '../api/program.ts';
import { arriveWithoutCard, receive } from '../codes/channels.ts';
import { change, latestMail, mailKinds, openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { choosePassword, contactOf, goodPassword, identify, proofOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const ange = personNamed('venturi');
const withoutCard = personNamed('sans-carte');
const minute = 60_000;

/** A form sent twice by one browser: the first answer, and its cookie, are dropped. */
async function twice(visitor: Visitor, path: string, fields: Record<string, string>) {
  assert.equal((await visitor.get(path)).status, 200, path);
  const dropped = await visitor.twin().post(path, fields);
  return { dropped, seen: await visitor.post(path, fields) };
}

test('a proof sent twice: the second answer has the session of the dropped one', async (t) => {
  const { app, services } = await testApp(t);
  const visitor = new Visitor(app);
  await identify(visitor, ange);
  const { dropped, seen } = await twice(visitor, paths.proof, proofOf(ange));
  assert.deepEqual([dropped.location, seen.location], [paths.terms, paths.terms]);
  assert.equal((await visitor.get(paths.terms)).status, 200);
  assert.equal((await services.db.selectFrom('session').selectAll().execute()).length, 1);
});

test('a code that begins a session in a new browser survives being sent twice, or its answer being lost', async (t) => {
  const site = await testApp(t);
  const asking = new Visitor(site.app);
  await arriveWithoutCard(asking, withoutCard);
  const letter = await receive(site, asking, 'courrier');
  const { nir } = withoutCard.line;
  const visitor = new Visitor(site.app);
  const { seen } = await twice(visitor, paths.provisionalCode, { nir, code: letter });
  assert.equal(seen.location, paths.terms);
  assert.equal((await visitor.get(paths.terms)).status, 200);
  assert.equal((await site.services.db.selectFrom('session').selectAll().execute()).length, 2);

  site.clock.advance(minute);
  const sms = await receive(site, asking, 'sms');
  const entering = new Visitor(site.app);
  const fields = { nir, motDePasse: sms };
  assert.equal((await twice(entering, paths.signIn, fields)).seen.location, paths.terms);
  const other = new Visitor(site.app);
  await other.get(paths.signIn);
  assert.equal((await other.post(paths.signIn, fields)).status, 422, 'the code alone opens nothing again');
  site.clock.advance(minute);
  const late = entering.twin();
  late.cookies.delete('session');
  assert.equal((await late.post(paths.signIn, fields)).status, 422, 'nor after a minute');
});

test('a code sent twice at the same moment begins one session', async (t) => {
  const site = await testApp(t);
  for (const visitor of [new Visitor(site.app), new Visitor(site.app)]) {
    const asking = new Visitor(site.app);
    await arriveWithoutCard(asking, withoutCard);
    const code = await receive(site, asking, 'courriel');
    const sender = visitor;
    await sender.get(paths.provisionalCode);
    const twins = [sender.twin(), sender.twin(), sender.twin()];
    const fields = { nir: withoutCard.line.nir, code };
    const seen = await Promise.all(twins.map((twin) => twin.post(paths.provisionalCode, fields)));
    assert.deepEqual(new Set(seen.map(({ location }) => location)), new Set([paths.terms]));
    for (const twin of twins) assert.equal((await twin.get(paths.terms)).status, 200);
    site.clock.advance(2 * minute);
  }
});

test('a proof sent ten times at once: one is judged, and every answer has the same session', async (t) => {
  const { app, services } = await testApp(t);
  const visitor = new Visitor(app);
  await identify(visitor, ange);
  await visitor.get(paths.proof);
  const twins = Array.from({ length: 10 }, () => visitor.twin());
  const seen = await Promise.all(twins.map((twin) => twin.post(paths.proof, proofOf(ange))));
  for (const [index, { location }] of seen.entries()) {
    assert.equal(location, paths.terms);
    assert.equal((await twins[index]?.get(paths.terms))?.status, 200);
  }
  assert.equal((await services.db.selectFrom('session').selectAll().execute()).length, 1);
});

test('creating an account, entering a code, a new password and an extension, each sent twice', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await choosePassword(visitor, ange);
  const made = await twice(visitor, paths.contact, contactOf('ange@exemple.fr'));
  assert.equal(made.seen.location, paths.waiting);
  assert.equal((await visitor.get(paths.waitingAddress)).status, 200, 'it knows whose account it is');
  await confirmedTwice(site, visitor);

  const other = new Visitor(site.app);
  await arriveWithoutCard(other, withoutCard);
  const code = await receive(site, other, 'sms');
  const used = await twice(other, paths.provisionalCode, { nir: withoutCard.line.nir, code });
  assert.equal(used.seen.location, paths.terms);
  await other.get(paths.terms);
  assert.equal((await other.twin().post(paths.extendSession)).location, paths.terms);
  assert.equal((await other.post(paths.extendSession)).location, paths.terms);
  assert.equal((await other.get(paths.terms)).status, 200);

  await openAccountOf(site, personNamed('loire'), 'loire@exemple.fr');
  const owner = await signedInVisitor(site, personNamed('loire'));
  const chosen = {
    motDePasse: 'Girafe.Soleil9',
    confirmation: 'Girafe.Soleil9',
    motDePasseActuel: goodPassword,
  };
  assert.equal((await twice(owner, paths.accountPassword, chosen)).seen.location, paths.account);
  assert.equal((await owner.get(paths.account)).status, 200);
  await changedAtOnce(site, personNamed('loire').line.nir);

  const address = { email: 'neuve@exemple.fr', emailConfirmation: 'neuve@exemple.fr' };
  await change(owner, paths.accountEmail, { ...address, motDePasseActuel: chosen.motDePasse });
  const confirming = await latestMail(site, 'new-address');
  await owner.get(paths.accountEmailCode);
  const twins = [owner.twin(), owner.twin(), owner.twin()];
  const { code: digits = '' } = confirming;
  const seen = await Promise.all(twins.map((twin) => twin.post(paths.accountEmailCode, { code: digits })));
  for (const [index, { location }] of seen.entries()) {
    assert.match(location ?? '', /^\/mon-compte/, 'the session of the first');
    assert.equal((await twins[index]?.get(paths.account))?.status, 200);
  }
});

/** The code of the waiting page, three times at the same moment and once more: each answer says that the address is confirmed. */
async function confirmedTwice(site: TestApp, visitor: Visitor): Promise<void> {
  const { code = '' } = await latestMail(site, 'activation');
  await visitor.get(paths.waiting);
  const twins = [visitor.twin(), visitor.twin(), visitor.twin()];
  const thief = visitor.twin();
  const seen = await Promise.all(twins.map((twin) => twin.post(paths.waiting, { code })));
  seen.push(await visitor.post(paths.waiting, { code }));
  for (const { location } of seen) assert.equal(location, paths.confirmed);
  const wrong = code.replaceAll(/\d/g, (digit) => `${(Number(digit) + 1) % 10}`);
  assert.equal((await thief.post(paths.waiting, { code: wrong })).status, 422);
  assert.equal((await mailKinds(site)).filter((kind) => kind === 'account-active').length, 1);
}

/** Two copies of one form that both read the account before either changed it: one change, and both hear that it is made. */
async function changedAtOnce(site: TestApp, nir: string): Promise<void> {
  const { services, clock } = site;
  const { db, keyring, random } = services;
  const account = await findAccountOfNir(db, keyring, nir);
  assert.ok(account);
  clock.advance(1_000);
  const now = clock.now();
  const numbers = { portable: '+33639980009', fixe: null };
  const other = { portable: '+33639980008', fixe: null };
  assert.equal(await changeTelephones(services, account, numbers, now), true);
  assert.equal(await changeTelephones(services, account, numbers, now), true, 'they are as it says');
  assert.equal(await changeTelephones(services, account, other, now), false, 'another tab was faster');
  const current = await findCorrespondence(db, keyring, account.personKey);
  const choice = { paper: false, frequency: 'weekly', phrase: 'la girafe' } as const;
  assert.equal(await changeCorrespondence(services, account, current, choice, now), true);
  assert.equal(await changeCorrespondence(services, account, current, choice, now), true);
  const kinds = await mailKinds(site);
  const changes = ['correspondence-changed', 'telephone-changed'];
  assert.deepEqual(kinds.filter((kind) => changes.includes(kind)).toSorted(), changes);
  const answers = () => [{ id: random.uuid(), purpose: 'etudes', answer: true, version: '1', text: 'Oui' }];
  const consent = () => changeConsents(services, account, answers(), 'fr', now);
  assert.deepEqual(await Promise.all([consent(), consent()]), [true, true]);
  const kept = await db.selectFrom('consent').select('purpose').where('text', '=', 'Oui').execute();
  assert.equal(kept.length, 1);
}

test('the older cookie without the request gives no access, and with it for a minute only', async (t) => {
  const { app, clock } = await testApp(t);
  const visitor = new Visitor(app);
  await identify(visitor, ange);
  const thief = visitor.twin();
  await thief.get(paths.proof);
  const formOfThief = thief.csrf;
  await visitor.get(paths.proof);
  const kept = visitor.twin();
  assert.equal((await visitor.post(paths.proof, proofOf(ange))).location, paths.terms);
  const answers = [
    await thief.post(paths.proof, proofOf(ange), { csrf: formOfThief }),
    await kept.twin().post(paths.proof, { ...proofOf(ange), iban7: '0000000' }),
    await kept.twin().post(paths.proof, {}),
    await kept.twin().post(paths.extendSession),
    await kept.twin().get(paths.terms),
  ];
  const { identity, home } = paths;
  assert.deepEqual(
    answers.map(({ location }) => location),
    [identity, identity, identity, home, identity],
  );
  for (const { headers } of answers)
    assert.doesNotMatch(String(headers['set-cookie'] ?? ''), /session=[\w-]{20}/);
  clock.advance(minute);
  assert.equal((await kept.post(paths.proof, proofOf(ange))).location, paths.identity, 'too late');
});

test('a program that lost the answer sends the same again, and gets the new token', async (t) => {
  const { app, clock } = await testApp(t);
  for (const key of [{}, { 'idempotency-key': randomUUID() }]) {
    const program = new Program(app);
    await program.ask('POST', '/dossiers', identityJson(ange));
    const lost = program.twin();
    const first = await program.twin().ask('POST', '/dossier/verification', proofJson(ange), key);
    assert.equal(first.status, 200, first.text);
    assert.notEqual(first.body.jeton, lost.token);
    const wrong = await lost
      .twin()
      .ask('POST', '/dossier/verification', { ...proofJson(ange), iban7: '0000000' }, key);
    assert.equal(wrong.status, 401, 'the older token and another proof');
    assert.equal((await lost.twin().ask('GET', '/dossier')).status, 401, 'the older token alone');
    const late = 'idempotency-key' in key ? 9 * minute : 0;
    clock.advance(late);
    const again = await lost.ask('POST', '/dossier/verification', proofJson(ange), key);
    assert.deepEqual([again.status, again.body], [200, first.body]);
    assert.equal(again.headers['idempotency-replayed'], 'true');
    assert.equal((await lost.ask('GET', '/dossier')).body.etape, 'conditions');
    const older = program;
    clock.advance(11 * minute - late);
    const tooLate = await older.ask('POST', '/dossier/verification', proofJson(ange), key);
    assert.equal(tooLate.status, 401);
  }
});

test('the token from before each step of a program is invalid after it', async (t) => {
  const { app } = await testApp(t);
  const program = new Program(app);
  const dead: string[] = [];
  const step = async (path: string, body: unknown, renews: boolean) => {
    const before = program.token ?? '';
    const told = await program.ask('POST', path, body);
    assert.ok(told.status < 300, told.text);
    assert.equal(program.token !== before, renews, path);
    if (renews && before) dead.push(before);
  };
  await step('/dossiers', identityJson(ange), true);
  await step('/dossiers', identityJson(ange), true);
  await step('/dossier/verification', proofJson(ange), true);
  await step('/dossier/conditions', { accord: true }, false);
  await step('/dossier/mot-de-passe', { motDePasse: goodPassword }, false);
  await step('/dossier/coordonnees', { email: 'ange@exemple.fr' }, true);
  assert.equal(dead.length, 3);
  for (const token of dead) {
    const thief = new Program(app);
    thief.token = token;
    for (const path of [
      '/dossier',
      '/dossier/conditions',
      '/dossier/coordonnees',
      '/dossier/validation-email',
    ])
      assert.equal((await thief.ask('GET', path)).status, 401, path);
    const address = { email: 'voleur@exemple.fr' };
    assert.equal((await thief.ask('POST', '/dossier/validation-email/adresse', address)).status, 401);
  }
  assert.equal((await program.ask('GET', '/dossier/validation-email')).status, 200);
});

test('a cookie is not accepted as a program’s token, nor the reverse', async (t) => {
  const { app } = await testApp(t);
  const visitor = new Visitor(app);
  await identify(visitor, ange);
  const program = new Program(app);
  program.token = visitor.cookies.get('session') ?? '';
  assert.equal((await program.ask('GET', '/dossier')).status, 401);
  program.token = null;
  await program.ask('POST', '/dossiers', identityJson(ange));
  visitor.cookies.set('session', program.token ?? '');
  assert.equal((await visitor.get(paths.proof)).location, paths.identity);
});
