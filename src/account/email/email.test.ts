import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeTelephones } from '#src/account/telephones/change-telephones.ts';
import { findAccountOfNir } from '#src/accounts/find-account.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { change, latestMail, mailKinds, openAccountOf, signedInVisitor } from '#test/setting/account.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { goodPassword } from '../../../test/steps.ts';
import { Visitor } from '../../../test/visitor.ts';

const venturi = personNamed('venturi');
const neighbour = personNamed('nom-usage');

function ask(visitor: Visitor, email: string) {
  return change(visitor, paths.accountEmail, { email, emailConfirmation: email });
}

async function claims({ services }: TestApp) {
  return services.db.selectFrom('email_claim').select(['email_key', 'expires_at']).execute();
}

async function opened(t: Parameters<typeof testApp>[0]): Promise<{ site: TestApp; visitor: Visitor }> {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  return { site, visitor: await signedInVisitor(site, venturi) };
}

test('a new address replaces the old one when its link is confirmed, in any browser', async (t) => {
  const { site, visitor } = await opened(t);
  assert.equal((await ask(visitor, 'nouvelle@exemple.fr')).location, paths.accountEmailCode);
  assert.match((await visitor.get(paths.accountInformation)).html, /v•••••i@ex/, 'still the old one');
  const waits = (await visitor.get(paths.accountInformation)).html;
  assert.match(waits, /Ce compte est à <strong>Ange VENTURI</i);
  assert.match((await visitor.get(paths.accountPassword)).html, /Confirmez d’abord votre nouvelle adresse/);
  assert.match(waits, /<strong>nouvelle@exemple\.fr<\/strong><br>Elle attend d’être confirmée/);
  assert.match((await visitor.get(paths.accountEmailCode)).html, /<strong>nouvelle@exemple\.fr</);
  assert.equal((await latestMail(site, 'address-change-requested')).address, 'venturi@exemple.fr');
  const { token = '', address } = await latestMail(site, 'new-address');
  assert.equal(address, 'nouvelle@exemple.fr');
  const elsewhere = new Visitor(site.app);
  const link = withToken(paths.link, token);
  await elsewhere.get(link);
  const { services, clock } = site;
  const before = await findAccountOfNir(services.db, services.keyring, venturi.line.nir);
  assert.equal((await elsewhere.post(link)).location, paths.confirmed);
  assert.match((await visitor.get(paths.accountInformation)).html, /n•••••e@ex/);
  assert.ok(before);
  const numbers = { portable: '+33639980009', fixe: null };
  assert.equal(await changeTelephones(services, before, numbers, clock.now()), false, 'its address is older');
  assert.match((await visitor.get(paths.accountInformation)).html, /n•••••e@ex/);
  assert.equal((await latestMail(site, 'address-changed')).address, 'venturi@exemple.fr');
  const held = await claims(site);
  assert.deepEqual(
    held.map(({ expires_at }) => expires_at),
    [null],
  );
  await openAccountOf(site, neighbour, 'venturi@exemple.fr');
  assert.equal((await claims(site)).length, 2, 'the old address is free again');
});

test('the code of the mail confirms too, within five attempts', async (t) => {
  const { site, visitor } = await opened(t);
  await ask(visitor, 'nouvelle@exemple.fr');
  const { code = '' } = await latestMail(site, 'new-address');
  const wrong = code === '00000000' ? '11111111' : '00000000';
  await visitor.get(paths.accountEmailCode);
  assert.match((await visitor.post(paths.accountEmailCode, { code: wrong })).html, /id="code-error"/);
  assert.equal((await visitor.post(paths.accountEmailCode, { code })).location, paths.accountInformation);
  assert.match((await visitor.get(paths.accountEmailCode)).html, /Aucune nouvelle adresse/);

  site.clock.advance(1_000);
  await ask(visitor, 'encore@exemple.fr');
  const next = await latestMail(site, 'new-address');
  for (let i = 0; i < 5; i++) await visitor.post(paths.accountEmailCode, { code: wrong });
  assert.equal((await visitor.post(paths.accountEmailCode, { code: next.code ?? '' })).status, 422);
});

test('an address held by another account gets the same answer, and its owner is notified', async (t) => {
  const { site, visitor } = await opened(t);
  await openAccountOf(site, neighbour, 'prise@exemple.fr');
  const taken = await ask(visitor, 'prise@exemple.fr');
  assert.equal(taken.location, paths.accountEmailCode);
  assert.equal((await visitor.get(paths.accountEmailCode)).status, 200);
  const { code = '' } = await latestMail(site, 'address-taken');
  assert.equal((await mailKinds(site)).includes('new-address'), false);
  assert.equal(
    (await visitor.post(paths.accountEmailCode, { code })).status,
    422,
    'refused by the constraint itself',
  );
  assert.match((await visitor.get(paths.accountInformation)).html, /v•••••i@ex/);
});

test('a link ends with a newer request, with a new password, and after a day', async (t) => {
  const { site, visitor } = await opened(t);
  const confirm = async () => {
    const { token = '' } = await latestMail(site, 'new-address');
    const elsewhere = new Visitor(site.app);
    const link = withToken(paths.link, token);
    await elsewhere.get(link);
    return elsewhere.post(link);
  };
  await ask(visitor, 'nouvelle@exemple.fr');
  const { token: first = '' } = await latestMail(site, 'new-address');
  site.clock.advance(1_000);
  await ask(visitor, 'autre@exemple.fr');
  const old = new Visitor(site.app);
  await old.get(withToken(paths.link, first));
  assert.equal((await old.post(withToken(paths.link, first))).location, null);
  const fields = { motDePasse: 'Tournesol.Quai7', confirmation: 'Tournesol.Quai7' };
  await change(visitor, paths.accountPassword, fields);
  assert.equal((await confirm()).location, null, 'after a new password');
  site.clock.advance(1_000);
  const current = { email: 'nouvelle@exemple.fr', emailConfirmation: 'nouvelle@exemple.fr' };
  await change(visitor, paths.accountEmail, { ...current, motDePasseActuel: fields.motDePasse });
  site.clock.advance(24 * 3_600_000);
  assert.equal((await confirm()).location, null, 'after a day');
});

test('ten confirmations at once change the address once', async (t) => {
  const { site, visitor } = await opened(t);
  await ask(visitor, 'nouvelle@exemple.fr');
  const { token = '' } = await latestMail(site, 'new-address');
  const link = withToken(paths.link, token);
  const elsewhere = new Visitor(site.app);
  await elsewhere.get(link);
  await Promise.all(Array.from({ length: 10 }, () => elsewhere.twin().post(link)));
  assert.equal((await mailKinds(site)).filter((kind) => kind === 'address-changed').length, 1);
});

test('simultaneous requests leave one valid link', async (t) => {
  const { site, visitor } = await opened(t);
  const alive = site.services.db
    .selectFrom('email_confirmation')
    .select('id')
    .where('purpose', '=', 'new-address')
    .where('superseded_at', 'is', null);
  const motDePasseActuel = goodPassword;
  for (let round = 0; round < 4; round++) {
    await visitor.get(paths.accountEmail);
    await Promise.all(
      [1, 2, 3, 4].map((i) => {
        const email = `nouvelle${i}@exemple.fr`;
        return visitor.twin().post(paths.accountEmail, { email, emailConfirmation: email, motDePasseActuel });
      }),
    );
    assert.equal((await alive.execute()).length, 1);
    await site.services.db.deleteFrom('attempt').execute();
  }
});

test('the sixth request of a day is blocked', async (t) => {
  const { visitor } = await opened(t);
  for (let i = 0; i < 5; i++)
    assert.equal((await ask(visitor, `adresse${i}@exemple.fr`)).location, paths.accountEmailCode);
  assert.equal((await ask(visitor, 'adresse5@exemple.fr')).status, 429);
  assert.equal((await ask(visitor, 'venturi@exemple.fr')).status, 422, 'the same address is none');
});
