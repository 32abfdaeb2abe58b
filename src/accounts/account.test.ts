import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { change, mailKinds, openAccountOf, signedInVisitor, signIn } from '#test/setting/account.ts';
import { testApp } from '#test/setting/application.ts';
import { enrol, goodPassword } from '#test/steps.ts';
import { Visitor } from '#test/visitor.ts';

const venturi = personNamed('venturi');
const { nir } = venturi.line;
const other = 'Tournesol.Quai7';
const changing = [
  paths.accountPassword,
  paths.accountEmail,
  paths.accountEmailCode,
  paths.accountTelephones,
  paths.accountConsents,
];

test('the account is shown only after signing in, not while waiting for the mail', async (t) => {
  const site = await testApp(t);
  const waiting = new Visitor(site.app);
  await enrol(waiting, venturi, 'venturi@exemple.fr');
  for (const visitor of [new Visitor(site.app), waiting]) {
    await visitor.get(paths.home);
    for (const path of [paths.account, paths.accountInformation, ...changing])
      assert.equal((await visitor.get(path)).location, paths.signIn, path);
    for (const path of changing) assert.equal((await visitor.post(path)).location, paths.signIn, path);
  }
});

test('the account shows its details, masked, and the latest attempts to sign in', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await signIn(new Visitor(site.app), nir, 'Pas.Le.Bon1');
  const visitor = await signedInVisitor(site, venturi);
  const { html } = await visitor.get(paths.accountInformation);
  assert.match(html, /1 62 •• •• ••• •••/);
  assert.match(html, /v•••••i@ex•••••\.fr/);
  for (const secret of [nir, 'venturi@exemple.fr']) assert.equal(html.includes(secret), false, secret);
  assert.match(html, /Essai refusé/);
  assert.match(html, /Connexion réussie/);
  assert.match(html, /Mettez à jour votre carte Vitale/);
  for (const path of changing.filter((path) => path !== paths.accountEmailCode))
    assert.ok(html.includes(`href="${path}"`), path);
});

test('a new password ends the other sessions, and this one continues under a new token', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const [here, elsewhere] = [await signedInVisitor(site, venturi), await signedInVisitor(site, venturi)];
  const before = here.cookies.get('session') ?? '';
  const fields = { motDePasse: other, confirmation: other };
  const wrong = await change(here, paths.accountPassword, { ...fields, motDePasseActuel: 'Pas.Le.Bon1' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.html, /id="motDePasseActuel-error"/);
  assert.equal((await change(here, paths.accountPassword, fields)).location, paths.accountInformation);
  assert.notEqual(here.cookies.get('session'), before);
  assert.equal((await here.get(paths.account)).status, 200);
  assert.equal((await elsewhere.get(paths.account)).location, paths.signIn);
  const stolen = new Visitor(site.app);
  stolen.cookies.set('session', before);
  assert.equal((await stolen.get(paths.account)).location, paths.signIn);
  assert.equal((await signIn(new Visitor(site.app), nir, goodPassword)).status, 422);
  assert.equal((await signIn(new Visitor(site.app), nir, other)).location, paths.account);
  assert.ok((await mailKinds(site)).includes('password-changed'));
});

test('an open session is no way to guess the password', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, venturi);
  const guess = (motDePasseActuel: string) =>
    change(visitor, paths.accountTelephones, { portable: '', fixe: '', motDePasseActuel });
  for (let i = 0; i < 5; i++) assert.equal((await guess('Pas.Le.Bon1')).status, 422);
  const refused = await guess(goodPassword);
  assert.equal(refused.status, 422);
  assert.match(refused.html, /Prochain essai possible\u00a0: le /);
  assert.equal((await guess('')).status, 422);
  site.clock.advance(60_000);
  assert.equal((await guess(goodPassword)).location, paths.accountInformation);
});

test('telephones are normalised, their change is notified by mail, and an empty field deletes one', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, venturi);
  const wrong = await change(visitor, paths.accountTelephones, { portable: '12', fixe: '' });
  assert.match(wrong.html, /id="portable-error"/);
  const fields = { portable: '06 50 56 42 78', fixe: '01 99 00 12 34' };
  assert.equal((await change(visitor, paths.accountTelephones, fields)).location, paths.accountInformation);
  assert.match((await visitor.get(paths.accountInformation)).html, /06\u00a0••\u00a0••\u00a0••\u00a078/);
  assert.match(
    (await visitor.get(paths.accountTelephones)).html,
    /value="06\u00a050\u00a056\u00a042\u00a078"/,
  );
  await change(visitor, paths.accountTelephones, fields);
  assert.equal((await mailKinds(site)).filter((kind) => kind === 'telephone-changed').length, 1, 'no change');
  await change(visitor, paths.accountTelephones, { portable: '', fixe: fields.fixe });
  assert.doesNotMatch((await visitor.get(paths.accountInformation)).html, /06\u00a0••/);
});

test('each changed consent is added with its text, and earlier answers are kept', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, venturi);
  site.clock.advance(60_000);
  assert.equal(
    (await change(visitor, paths.accountConsents, { etudes: 'oui' })).location,
    paths.accountInformation,
  );
  const rows = await site.services.db
    .selectFrom('consent')
    .select(['answer', 'text', 'version'])
    .where('purpose', '=', 'etudes')
    .orderBy('at')
    .execute();
  assert.deepEqual(
    rows.map(({ answer }) => answer),
    [false, true],
  );
  assert.match(rows[1]?.text ?? '', /études menées par l’Assurance Maladie/);
  const all = await site.services.db.selectFrom('consent').select('id').execute();
  assert.equal(all.length, 6, 'only what changed is added');
  assert.match((await visitor.get(paths.accountInformation)).html, /Études<\/dt><dd[^>]*>Oui/);
  assert.match(
    (await visitor.get(paths.accountConsents)).html,
    /name="etudes" type="radio" value="oui" checked/,
  );
});

test('every page of the account has exactly one title, different from the others', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, venturi);
  const titles = new Set<string>();
  const stranger = new Visitor(site.app);
  const open = [paths.signIn, paths.forgotten, paths.forgottenSent, withToken(paths.newPassword, 'inconnu')];
  const seen = [
    ...(await Promise.all(open.map((path) => stranger.get(path)))),
    ...(await Promise.all(
      [paths.account, paths.accountInformation, ...changing].map((path) => visitor.get(path)),
    )),
  ];
  for (const { html, title } of seen) {
    titles.add(title);
    assert.equal(html.match(/<h1/g)?.length, 1, title);
  }
  assert.equal(titles.size, seen.length, 'each page has a title of its own');
});
