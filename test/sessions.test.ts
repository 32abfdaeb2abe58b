import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { scriptTexts } from '#src/web/session/texts.ts';
import { mailKinds, openAccountOf, signIn } from './setting/account.ts';
import { testApp } from './setting/application.ts';
import { agree, identify, identityOf, proofOf, prove, submit } from './steps.ts';
import { Visitor } from './visitor.ts';

const venturi = personNamed('venturi');
const other = personNamed('carte-avec-photo');
const minute = 60_000;

test('an enrolment that was left alone for 15 minutes begins again, and the page says why', async (t) => {
  const { app, clock } = await testApp(t);
  const visitor = new Visitor(app);
  await prove(visitor, venturi);
  await visitor.get(paths.terms);
  clock.advance(16 * minute);
  assert.equal((await visitor.post(paths.terms, { accord: 'oui' })).location, paths.identity);
  const seen = await visitor.get(paths.identity);
  assert.equal(seen.status, 200);
  assert.match(seen.html, /Votre session est terminée/);
  assert.doesNotMatch(seen.html, new RegExp(venturi.line.nir), 'nothing of the person who left is shown');
  assert.match((await visitor.get(`${paths.identity}?lang=en`)).html, /Your session has ended/);
  clock.advance(-16 * minute);
  assert.equal((await visitor.get(paths.terms)).location, paths.identity, 'whatever the clock does');
  await prove(visitor, venturi);
  assert.doesNotMatch((await visitor.get(paths.identity)).html, /session est terminée/);
});

test('an enrolment can be extended ten times, and says when it cannot any more', async (t) => {
  const { app, clock } = await testApp(t);
  const visitor = new Visitor(app);
  await prove(visitor, venturi);
  await visitor.get(paths.terms);
  assert.match(scriptTexts.fr?.extended ?? '', /prolongée jusqu’à {hour}/, 'what the script says');
  // In time for each warning, two and a half minutes before the end.
  for (let times = 1; times <= 13; times += 1) {
    clock.advance(12.5 * minute);
    await visitor.get(paths.terms);
    assert.equal((await visitor.post(paths.extendSession)).location, paths.terms);
    const { html } = await visitor.get(paths.terms);
    assert.match(html, /data-session-seconds="900" (?![^>]*data-last)/, `${times}`);
    assert.match(
      html,
      /jusqu’à 13\u00a0h\u00a000 \(heure de Paris\) au plus tard/,
      'the last end is said from the beginning',
    );
    assert.match(html, /session est prolongée/);
  }
  clock.advance(10 * minute);
  const { html } = await visitor.get(paths.terms);
  assert.match(html, /data-session-seconds="450" [^>]*data-last="true"/);
  assert.match(
    html,
    /votre session se termine à 13\u00a0h\u00a000 \(heure de Paris\)\. Elle ne peut plus être prolongée/,
  );
  assert.equal((await visitor.post(paths.extendSession)).location, paths.terms);
  const after = (await visitor.get(paths.terms)).html;
  assert.doesNotMatch(after, /session est prolongée/, 'nothing is announced that is not so');
  assert.match(after, /data-session-seconds="450"/);
  clock.advance(7.5 * minute);
  assert.equal((await visitor.get(paths.terms)).location, paths.identity);
});

test('another identity takes the place of the first: its case and its session are gone', async (t) => {
  const { app, services } = await testApp(t);
  const visitor = new Visitor(app);
  await agree(visitor, venturi);
  const before = visitor.twin();
  await submit(visitor, paths.identity, identityOf(other), paths.proof);
  assert.equal((await visitor.get(paths.terms)).location, paths.proof, 'nothing of the first is kept');
  assert.equal(
    (await before.get(paths.password)).location,
    paths.identity,
    'the older cookie is worth nothing',
  );
  assert.equal((await services.db.selectFrom('dossier').select('id').execute()).length, 1);
  assert.equal((await services.db.selectFrom('session').select('kind').execute()).length, 1);
});

test('somebody who is signed in and enrols somebody else is signed out on the server too', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  await signIn(visitor, venturi.line.nir);
  const before = visitor.twin();
  await identify(visitor, other);
  assert.equal((await before.get(paths.account)).location, paths.signIn);
});

test('an open account that is enrolled again: its owner is written to, nobody else learns of it', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'Venturi+ameli@exemple.fr');
  const visitor = new Visitor(site.app);
  await identify(visitor, venturi);
  const wrong = { ...proofOf(venturi), iban7: '0000000' };
  assert.equal((await visitor.post(paths.proof, wrong)).status, 422);
  await submit(visitor, paths.proof, proofOf(venturi), paths.alreadyOpen);
  assert.equal((await visitor.get(paths.terms)).location, paths.identity, 'the way on is closed');
  assert.deepEqual((await mailKinds(site)).sort(), ['account-active', 'account-exists', 'activation']);
  const mailboxes = await site.services.db
    .selectFrom('notice')
    .select('recipient_key')
    .where('channel', '=', 'email')
    .distinct()
    .execute();
  assert.equal(mailboxes.length, 1, 'all are counted as mails to one mailbox');
});
