import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { testApp } from '../setting/application.ts';
import { goodPassword } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { goToContact, identityJson, Program, proofJson } from './program.ts';

test('Ange Venturi opens an account with an application, then signs in on the site', async (t) => {
  const { app, mails, services, log } = await testApp(t);
  const ange = personNamed('venturi');
  const program = new Program(app);

  const begun = await program.ask('POST', '/dossiers', identityJson(ange));
  assert.equal(begun.status, 201, begun.text);
  assert.match(begun.type, /^application\/json/);
  assert.equal(begun.body.etape, 'verification');
  assert.equal(begun.body.suite, '/api/v1/dossier/verification');
  assert.equal(begun.body.expireLe, '2026-03-02T09:15:00.000Z');
  assert.match(String(begun.body.jeton), /^[\w-]{91}$/);
  assert.equal(begun.headers['set-cookie'], undefined);

  const asked = await program.ask('GET', '/dossier/verification');
  assert.deepEqual(asked.body, {
    carte: 'photo',
    prefixe: '8025000002',
    chiffres: [11],
    ibanConnu: 'FR 64 2004 1*** **01 3478',
  });
  const proven = await program.ask('POST', '/dossier/verification', proofJson(ange));
  const { jeton, ...stands } = proven.body;
  assert.deepEqual(
    [proven.status, stands],
    [200, { etape: 'conditions', suite: '/api/v1/dossier/conditions' }],
  );
  assert.match(String(jeton), /^[\w-]{91}$/);
  assert.notEqual(jeton, begun.body.jeton, 'the proof gives a new token');

  const terms = await program.ask('GET', '/dossier/conditions', undefined, { 'accept-language': 'en' });
  assert.equal(terms.body.langue, 'en');
  assert.equal(terms.headers['content-language'], 'en');
  assert.equal(terms.body.accord, null);
  const refused = await program.ask('POST', '/dossier/conditions', { accord: false });
  assert.equal(refused.body.etape, 'conditions');
  assert.equal((await program.ask('GET', '/dossier/conditions')).body.accord, false);
  assert.equal(
    (await program.ask('POST', '/dossier/conditions', { accord: true })).body.etape,
    'mot-de-passe',
  );

  assert.equal(
    (await program.ask('GET', '/dossier/mot-de-passe')).body.minimum,
    services.policy.password.minimum,
  );
  const chosen = await program.ask('POST', '/dossier/mot-de-passe', { motDePasse: goodPassword });
  assert.equal(chosen.body.etape, 'coordonnees', chosen.text);

  const contact = await program.ask('GET', '/dossier/coordonnees');
  assert.deepEqual(contact.body.telephones, services.policy.contact.telephones);
  const given = await program.ask('POST', '/dossier/coordonnees', {
    email: 'ange.venturi@exemple.fr',
    portable: '06 50 56 42 78',
    etudes: true,
  });
  assert.equal(given.body.etape, 'validation-email', given.text);
  const consents = await services.db.selectFrom('consent').select(['purpose', 'answer']).execute();
  assert.equal(consents.length, services.policy.contact.consents.length);
  assert.deepEqual(
    consents.filter(({ answer }) => answer).map(({ purpose }) => purpose),
    ['etudes'],
  );

  const waiting = await program.ask('GET', '/dossier/validation-email');
  assert.equal(waiting.body.adresse, 'a•••••i@ex•••••.fr');
  const mail = (await mails()).find(({ kind }) => kind === 'activation');
  const wrong = await program.ask('POST', '/dossier/validation-email', { code: '00000000' });
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'confirmation-refused']);
  const confirmed = await program.ask('POST', '/dossier/validation-email', { code: mail?.content.code });
  assert.deepEqual(confirmed.body, { etape: 'termine', suite: paths.signIn });
  assert.equal((await program.ask('GET', '/dossier')).body.etape, 'termine');

  const visitor = new Visitor(app);
  await visitor.get(paths.signIn);
  const signedIn = await visitor.post(paths.signIn, { nir: ange.line.nir, motDePasse: goodPassword });
  assert.equal(signedIn.location, paths.account);

  for (const secret of [ange.line.nir, 'exemple.fr', goodPassword, String(begun.body.jeton)])
    assert.ok(!log.join('\n').includes(secret));
});

test('an application continues with the link of the mail, another mail, another address', async (t) => {
  const { app, mails, clock } = await testApp(t);
  const program = new Program(app);
  await goToContact(program, personNamed('loire'));
  const questioned = await program.ask('POST', '/dossier/coordonnees', { email: 'jeanne@gmial.com' });
  assert.equal(questioned.status, 422);
  const [field] = Object.values(questioned.body.champs ?? {});
  assert.partialDeepStrictEqual(field, {
    champ: 'email',
    code: 'other-domain',
    proposition: 'jeanne@gmail.com',
  });
  const kept = { email: 'jeanne@gmial.com', adresseProposee: 'jeanne@gmail.com' };
  assert.equal((await program.ask('POST', '/dossier/coordonnees', kept)).body.etape, 'validation-email');

  const soon = await program.ask('POST', '/dossier/validation-email/renvoi');
  assert.deepEqual([soon.status, soon.body.code], [429, 'too-soon']);
  assert.equal(soon.headers['retry-after'], '120');
  assert.equal(soon.body.reessayerA, '2026-03-02T09:02:00.000Z');
  clock.advance(120_000);
  assert.equal((await program.ask('POST', '/dossier/validation-email/renvoi')).status, 202);
  const corrected = await program.ask('POST', '/dossier/validation-email/adresse', {
    email: 'jeanne@gmail.com',
  });
  assert.equal(corrected.status, 202, corrected.text);
  const last = (await mails()).find(({ content }) => content.address === 'jeanne@gmail.com');
  assert.ok(last);

  const visitor = new Visitor(app);
  const link = `/validation-email/${last.content.token}`;
  await visitor.get(link);
  await visitor.post(link);
  assert.equal((await program.ask('GET', '/dossier')).body.etape, 'termine');
  const late = await program.ask('POST', '/dossier/validation-email/renvoi');
  assert.deepEqual([late.status, late.body.code, late.body.etape], [409, 'step-not-open', 'termine']);
});

test('where the card route is closed, the person is sent to the site', async (t) => {
  const { app } = await testApp(t);
  const program = new Program(app);
  const { status, body } = await program.ask('POST', '/dossiers', identityJson(personNamed('sans-carte')));
  assert.deepEqual([status, body.etape, body.suite], [201, 'autres-moyens', paths.identity]);
  const asked = await program.ask('GET', '/dossier/verification');
  assert.deepEqual(
    [asked.status, asked.body.code, asked.body.etape],
    [409, 'step-not-open', 'autres-moyens'],
  );
});

test('a person with an account learns of it after the proof, and the owner gets a mail', async (t) => {
  const { app, mails } = await testApp(t);
  const person = personNamed('venturi');
  const program = new Program(app);
  await goToContact(program, person);
  await program.ask('POST', '/dossier/coordonnees', { email: 'ange@exemple.fr' });
  const code = (await mails()).find(({ kind }) => kind === 'activation')?.content.code;
  assert.equal((await program.ask('POST', '/dossier/validation-email', { code })).status, 200);

  const again = new Program(app);
  await again.ask('POST', '/dossiers', identityJson(person));
  const proven = await again.ask('POST', '/dossier/verification', proofJson(person));
  assert.deepEqual([proven.status, proven.body.code], [409, 'account-exists']);
  assert.equal((await again.ask('GET', '/dossier')).status, 401);
  assert.ok((await mails()).some(({ kind }) => kind === 'account-exists'));
});

test('an abandoned dossier is deleted, and its token has ended', async (t) => {
  const { app, services } = await testApp(t);
  const program = new Program(app);
  await program.ask('POST', '/dossiers', identityJson(personNamed('venturi')));
  const given = await program.ask('DELETE', '/dossier');
  assert.deepEqual([given.status, given.text], [204, '']);
  assert.equal((await program.ask('GET', '/dossier')).status, 401);
  assert.deepEqual(await services.db.selectFrom('dossier').selectAll().execute(), []);
});
