import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { groupCode } from '#src/texts/written-code.ts';
import { openAccountOf } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { contactOf, goodPassword, identityOf, submit } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { arriveWithoutCard, ask, codeSent, enter, receive, wrongCode } from './channels.ts';

const day = 86_400_000;
const marchenoir = personNamed('sans-carte');
const chassagnard = personNamed('carte-expiree');
const delarbre = personNamed('ni-carte-ni-contact');

async function finish(visitor: Visitor, email: string): Promise<void> {
  await submit(visitor, paths.terms, { accord: 'oui' }, paths.password);
  const passwords = { motDePasse: goodPassword, confirmation: goodPassword };
  await submit(visitor, paths.password, passwords, paths.contact);
  await submit(visitor, paths.contact, contactOf(email), paths.waiting);
}

test('Théophile has no card: a code by SMS, typed a minute later, opens the account', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, marchenoir);
  const page = await visitor.get(paths.otherWays);
  assert.match(page.html, /06\u00a0••\u00a0••\u00a0••\u00a046/);
  assert.doesNotMatch(page.html, /639980046|marchenoir@/);
  const code = await receive(site, visitor, 'sms');
  const sent = (await site.mails()).at(-1);
  assert.equal(sent?.content.number, '+33639980046');
  const waiting = await visitor.get(paths.provisionalCode);
  assert.match(waiting.html, /Un code part par SMS au 06/);
  assert.match(waiting.html, new RegExp(`value="${marchenoir.line.nir}"`));
  assert.doesNotMatch(waiting.html, new RegExp(code));
  site.clock.advance(60_000);
  assert.equal((await enter(visitor, marchenoir, code)).location, paths.terms);
  await finish(visitor, 'theophile@exemple.fr');
  const account = await site.services.db.selectFrom('account').selectAll().executeTakeFirstOrThrow();
  assert.equal(account.route, 'code-provisoire');
  assert.equal((await visitor.get(paths.provisionalCode)).status, 200);
});

test('Hervé reads his mails at home: the code works in another browser, on the next morning', async (t) => {
  const site = await testApp(t);
  const atTheLibrary = new Visitor(site.app);
  await arriveWithoutCard(atTheLibrary, chassagnard);
  const code = await receive(site, atTheLibrary, 'courriel');
  site.clock.advance(20 * 3_600_000);
  const atHome = new Visitor(site.app);
  const page = await atHome.get(paths.provisionalCode);
  assert.doesNotMatch(page.html, new RegExp(chassagnard.line.nir));
  assert.equal((await enter(atHome, chassagnard, groupCode(code))).location, paths.terms);
  await finish(atHome, 'herve@exemple.fr');
});

test('Fernande is known by her address only: a letter, opened six days later, copied in small letters', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, delarbre);
  const page = await visitor.get(paths.otherWays);
  assert.doesNotMatch(page.html, /value="sms"|value="courriel"/);
  assert.match(page.html, /23000\u00a0G•••••/);
  assert.match(page.html, /entre le 9\u00a0mars\u00a02026 et le 11\u00a0mars\u00a02026/);
  const code = await receive(site, visitor, 'courrier');
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{10}$/);
  const letter = (await site.mails()).at(-1);
  assert.equal(letter?.content.envelope, 'Fernande Delarbre\n4 rue des Inventions\n23000 GUÉRET');
  assert.equal(letter?.content.until, '2026-03-23T22:59:59.999Z');
  site.clock.advance(6 * day);
  const helper = new Visitor(site.app);
  const typed = groupCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll(' ', '-');
  assert.equal((await enter(helper, delarbre, typed)).location, paths.terms);
  const terms = await helper.get(paths.terms);
  assert.equal(terms.status, 200);
  await finish(helper, 'fernande@exemple.fr');
});

test('a thief who knows everything about Théophile gets nowhere, and says nothing new to him', async (t) => {
  const site = await testApp(t);
  const thief = new Visitor(site.app);
  await arriveWithoutCard(thief, marchenoir);
  await thief.get(paths.otherWays);
  const typed = { canal: 'sms', portable: '+33612345678', knownMobile: '+33612345678' };
  assert.equal((await thief.post(paths.otherWays, typed)).location, paths.provisionalCode);
  const code = await codeSent(site, 'sms');
  assert.equal((await site.mails()).at(-1)?.content.number, '+33639980046');
  for (let i = 0; i < 4; i += 1) {
    const seen = await enter(thief, marchenoir, wrongCode(code));
    assert.equal(seen.status, 422);
    assert.match(seen.html, /Nous ne pouvons pas accepter ce code/);
  }
  assert.equal((await enter(thief, marchenoir, wrongCode(code))).status, 422);
  assert.equal((await enter(thief, marchenoir, code)).status, 429);
  const held = await ask(thief, 'courriel');
  assert.equal(held.status, 429);
  assert.match(held.html, /Vous pourrez en demander un le\u00a03\u00a0mars\u00a02026/);
  assert.equal((await ask(thief, 'courrier')).location, paths.provisionalCode);
  site.clock.advance(6 * day);
  const owner = new Visitor(site.app);
  assert.equal((await enter(owner, marchenoir, await codeSent(site, 'courrier'))).location, paths.terms);
});

test('a person with an account gets the same answer; the owner gets a mail, and no code is sent', async (t) => {
  const site = await testApp(t);
  const person = personNamed('courriels-connus');
  await openAccountOf(site, person, 'clemence@exemple.fr');
  site.clock.advance(60_000);
  const visitor = new Visitor(site.app);
  await submit(visitor, paths.identity, identityOf(person), paths.proof);
  const before = (await site.mails()).length;
  for (const canal of ['sms', 'courriel', 'courrier'] as const) {
    assert.equal((await ask(visitor, canal)).location, paths.provisionalCode);
    assert.match((await visitor.get(paths.provisionalCode)).html, /Un code part par/);
  }
  const sent = (await site.mails()).slice(before);
  assert.deepEqual(
    sent.map(({ kind, content }) => [kind, content.address]),
    [
      ['account-exists', 'clemence@exemple.fr'],
      ['account-exists', 'clemence@exemple.fr'],
      ['account-exists', 'clemence@exemple.fr'],
    ],
  );
});

test('an account opened by the card while the letter travels: the code leads to it, and is used', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  const visitor = new Visitor(site.app);
  await submit(visitor, paths.identity, identityOf(person), paths.proof);
  const code = await receive(site, visitor, 'courrier');
  await openAccountOf(site, person, 'ange@exemple.fr');
  for (const browser of [visitor, new Visitor(site.app)]) {
    const seen = await enter(browser, person, code);
    assert.equal(seen.location ?? seen.status, browser === visitor ? paths.alreadyOpen : 422);
  }
  assert.equal((await site.mails()).filter(({ kind }) => kind === 'account-exists').length, 1);
});

test('a person who may not enrol is offered no code, whatever is posted', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(personNamed('dix-huit-ans')));
  await visitor.get(paths.otherWays);
  await visitor.post(paths.otherWays, { canal: 'sms' });
  assert.deepEqual(await site.mails(), []);
  assert.deepEqual(await site.services.db.selectFrom('provisional_code').selectAll().execute(), []);
});

test('pressing the button twice sends one code; a later request supersedes it', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, marchenoir);
  await visitor.get(paths.otherWays);
  const presses = [visitor, visitor.twin(), visitor.twin()].map((one) =>
    one.post(paths.otherWays, { canal: 'courrier' }),
  );
  for (const seen of await Promise.all(presses)) assert.equal(seen.location, paths.provisionalCode);
  assert.equal((await site.mails()).length, 1);
  const first = await receive(site, visitor, 'sms');
  const page = await visitor.get(paths.otherWays);
  const affichee = /name="affichee" value="(\d+)"/.exec(page.html)?.[1] ?? '';
  site.clock.advance(1_000);
  const pressAgain = (form: Record<string, string>) =>
    visitor.post(paths.otherWays, { canal: 'sms', ...form });
  for (const form of [
    { affichee },
    {},
    { affichee: 'x' },
    { affichee: '9e99' },
    { affichee: `9${affichee}` },
  ])
    assert.equal((await pressAgain(form)).location, paths.provisionalCode);
  assert.equal(await codeSent(site, 'sms'), first, 'one press of one page, whatever the form says');
  const shown = await visitor.get(paths.otherWays);
  await pressAgain({ affichee: /name="affichee" value="(\d+)"/.exec(shown.html)?.[1] ?? '' });
  const second = await codeSent(site, 'sms');
  assert.notEqual(second, first, 'asked from a page that was shown after the first had left');
  assert.equal((await enter(visitor, marchenoir, first)).status, 422);
  assert.equal((await enter(visitor, marchenoir, second)).location, paths.terms);
});

test('Quentin can be reached by nothing: no choice is offered, and the caisse is', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, personNamed('adresse-inconnue'));
  const page = await visitor.get(paths.otherWays);
  assert.doesNotMatch(page.html, /name="canal"/);
  assert.match(
    page.html,
    /Votre caisse ne connaît ni portable, ni adresse email, ni adresse postale complète/,
  );
  assert.equal((await visitor.post(paths.otherWays, { canal: 'courrier' })).status, 422);
  assert.deepEqual(await site.mails(), []);
});

test('a channel that the register does not know cannot be chosen', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, delarbre);
  for (const canal of ['sms', 'courriel', 'pigeon', ''] as const) {
    await visitor.get(paths.otherWays);
    const seen = await visitor.post(paths.otherWays, { canal });
    assert.equal(seen.status, 422);
    assert.match(seen.html, /Choisissez comment vous voulez recevoir votre code/);
  }
  assert.deepEqual(await site.mails(), []);
});
