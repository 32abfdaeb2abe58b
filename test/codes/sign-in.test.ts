import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { openAccountOf, signIn } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { goodPassword } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { arriveWithoutCard, ask, codeSent, enter, receive, wrongCode } from './channels.ts';

const marchenoir = personNamed('sans-carte');
const { nir } = marchenoir.line;

for (const [preset, label] of [
  ['ameli-2025', 'Mon mot de passe (ou mon code provisoire)'],
  ['isere', 'Mon code personnel (ou provisoire à 4 chiffres)'],
  ['loire', 'Mon mot de passe (ou provisoire à 4 ou 8 chiffres)'],
  ['polymatheia-2020', 'Mon code personnel (ou provisoire à 8 chiffres)'],
] as const)
  test(`the sign-in page of ${preset} says «${label}»`, async (t) => {
    const site = await testApp(t, undefined, { policy: loadPolicy(preset) });
    const page = await new Visitor(site.app).get(paths.signIn);
    assert.ok(page.html.includes(label), page.html);
  });

test('a provisional code in the place of the password leads to the terms, in any browser, once', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, marchenoir);
  const code = await receive(site, visitor, 'courriel');
  const elsewhere = new Visitor(site.app);
  assert.equal((await signIn(elsewhere, nir, code)).location, paths.terms);
  assert.equal((await elsewhere.get(paths.terms)).status, 200);
  assert.equal((await signIn(new Visitor(site.app), nir, code)).status, 422);
});

test('a wrong code counts on both pages, whichever it was typed on', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, marchenoir);
  const code = await receive(site, visitor, 'courriel');
  for (let i = 0; i < 3; i += 1)
    assert.equal((await signIn(new Visitor(site.app), nir, wrongCode(code))).status, 422);
  for (let i = 0; i < 2; i += 1)
    assert.equal((await enter(new Visitor(site.app), marchenoir, wrongCode(code))).status, 422);
  assert.equal((await enter(new Visitor(site.app), marchenoir, code)).status, 429);
  assert.equal((await signIn(new Visitor(site.app), nir, code)).status, 422);
  const row = await site.services.db.selectFrom('provisional_code').selectAll().executeTakeFirstOrThrow();
  assert.equal(row.tries, 5);
  assert.equal(row.used_at, null);
});

test('while signing in is suspended it takes no code either, but the page of codes does', async (t) => {
  const site = await testApp(t);
  for (let i = 0; i < 5; i += 1) await signIn(new Visitor(site.app), nir, 'Faux.Lune8');
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, marchenoir);
  const code = await receive(site, visitor, 'courriel');
  assert.equal((await signIn(new Visitor(site.app), nir, code)).status, 422);
  assert.equal((await enter(new Visitor(site.app), marchenoir, code)).location, paths.terms);
});

test('passwords without the shape of a code use up no try of a code', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, marchenoir);
  assert.equal((await ask(visitor, 'courrier')).status, 303);
  for (const typed of ['Faux.Lune8', 'tournesols', '1234567'])
    assert.equal((await signIn(new Visitor(site.app), nir, typed)).status, 422);
  const row = await site.services.db.selectFrom('provisional_code').selectAll().executeTakeFirstOrThrow();
  assert.equal(row.tries, 0);
  assert.equal(
    (await signIn(new Visitor(site.app), nir, await codeSent(site, 'courrier'))).location,
    paths.terms,
  );
});

test('the tries of codes never keep the owner of an account from signing in', async (t) => {
  const site = await testApp(t);
  const person = personNamed('courriels-connus');
  await openAccountOf(site, person, 'clemence@exemple.fr');
  for (let i = 0; i < 6; i += 1) await enter(new Visitor(site.app), person, '12345678');
  assert.equal((await enter(new Visitor(site.app), person, '12345678')).status, 429);
  assert.equal((await signIn(new Visitor(site.app), person.line.nir, goodPassword)).location, paths.account);
});
