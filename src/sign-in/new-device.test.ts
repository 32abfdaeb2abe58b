import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDeviceKind } from '#src/credentials/device-kind.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { deviceName } from '#src/texts/device-texts.ts';
import { latestMail, openAccountOf, signIn } from '#test/setting/account.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { enrol, goodPassword } from '#test/steps.ts';
import { type Seen, Visitor } from '#test/visitor.ts';

const venturi = personNamed('venturi');
const { nir } = venturi.line;
const onPhone =
  'Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36';
const onComputer = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

async function told({ mails }: TestApp): Promise<number> {
  return (await mails()).filter(({ kind }) => kind === 'new-device').length;
}

function words({ html }: Seen): string {
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

async function signInAgain(visitor: Visitor): Promise<void> {
  await visitor.get(paths.account);
  await visitor.post(paths.signOut);
  assert.equal((await signIn(visitor, nir)).location, paths.account);
}

test('a sign-in from an unknown browser is notified by mail, and its owner recognises and forgets it', async (t) => {
  const site = await testApp(t);
  const own = new Visitor(site.app, { 'user-agent': onPhone });
  await enrol(own, venturi, 'venturi@exemple.fr');
  const link = withToken(paths.link, (await latestMail(site, 'activation')).token ?? '');
  await own.get(link);
  await own.post(link);
  assert.equal((await signIn(own, nir)).location, paths.account);
  assert.equal(await told(site), 0, 'the account was created here');
  await signInAgain(own);
  assert.equal(await told(site), 0, 'known');

  site.clock.advance(86_400_000);
  const other = new Visitor(site.app, { 'user-agent': onComputer });
  assert.equal((await signIn(other, nir, 'Pas.Le.Bon1')).status, 422);
  assert.equal(await told(site), 0, 'nobody signed in');
  assert.equal((await signIn(other, nir)).location, paths.account);
  const { address, browser, system, dispute = '' } = await latestMail(site, 'new-device');
  assert.deepEqual([address, browser, system], ['venturi@exemple.fr', 'firefox', 'windows']);
  const { details } = await site.services.db
    .selectFrom('audit_event')
    .select('details')
    .where('kind', '=', 'signed-in-from-new-device')
    .executeTakeFirstOrThrow();
  assert.deepEqual(details, { browser: 'firefox', system: 'windows', mailed: true });
  assert.equal((await new Visitor(site.app).get(withToken(paths.disputeLink, dispute))).status, 200);
  await signInAgain(other);
  assert.equal(await told(site), 1, 'known from then on');

  const listed = words(await other.get(paths.accountDevices));
  assert.match(listed, /Firefox sur Windows \(cet appareil\) .*le 3 mars/);
  assert.match(listed, /Samsung Internet sur Android (?!\(cet)/);
  const asked = await other.get(
    /\/mon-compte\/appareils\/oublier\?appareil=\w+/.exec(
      (await other.get(paths.accountDevices)).html.split('Samsung')[1] ?? '',
    )?.[0] ?? '',
  );
  assert.match(asked.title, /Oublier cet appareil/);
  const appareil = /name="appareil" value="(\w+)"/.exec(asked.html)?.[1] ?? '';
  assert.equal((await other.post(paths.accountDevices, { appareil })).location, paths.accountDevices);
  const left = words(await other.get(paths.accountDevices));
  assert.match(left, /Cet appareil est oublié/);
  assert.doesNotMatch(left, /Samsung/);
  assert.match((await other.get(paths.accountForgetDevices)).title, /Oublier tous vos appareils/);
  await signInAgain(own);
  assert.equal(await told(site), 2, 'forgotten');

  for (let i = 0; i < 6; i++)
    assert.equal((await signIn(new Visitor(site.app), nir)).location, paths.account);
  assert.equal(await told(site), 5, 'five mails a day');
});

test('what a browser says of itself is read into a few words', () => {
  const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
  const cases: Readonly<Record<string, string>> = {
    [onPhone]: 'Samsung Internet sur Android',
    [onComputer]: 'Firefox sur Windows',
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webkit} Version/18.0 Mobile/15E148 Safari/604.1`]:
      'Safari sur iPhone',
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webkit} CriOS/130.0 Mobile/15E148 Safari/604.1`]:
      'Chrome sur iPhone',
    [`Mozilla/5.0 (iPad; CPU OS 12_0 like Mac OS X) ${webkit} FxiOS/130.0 Mobile/15E148 Safari/605.1.15`]:
      'Firefox sur iPad',
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.0 Safari/605.1.15`]:
      'Safari sur Mac',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0':
      'Edge sur Windows',
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36':
      'Chrome sur Chromebook',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0': 'Firefox sur Linux',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36 OPR/86.0':
      'Opera sur Android',
    curl: 'Un navigateur que nous ne reconnaissons pas',
    '': 'Un navigateur que nous ne reconnaissons pas',
    'Something (Linux)': 'Un navigateur sur Linux',
  };
  for (const [userAgent, name] of Object.entries(cases))
    assert.equal(deviceName(readDeviceKind(userAgent), 'fr'), name);
  assert.equal(deviceName(readDeviceKind(onComputer), 'en'), 'Firefox on Windows');
});

test('sign-ins at once from unknown browsers send five mails, and all are recorded', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const fromNew = async () =>
    assert.equal((await signIn(new Visitor(site.app), nir)).location, paths.account);
  for (let i = 0; i < 4; i++) await fromNew();
  await Promise.all([fromNew(), fromNew(), fromNew()]);
  assert.equal(await told(site), 5);
  const { recorded } = await site.services.db
    .selectFrom('audit_event')
    .select(({ fn }) => fn.countAll<string>().as('recorded'))
    .where('kind', '=', 'signed-in-from-new-device')
    .executeTakeFirstOrThrow();
  assert.equal(Number(recorded), 7);
});

test('however many unknown browsers sign in at once, the account knows five', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  for (let round = 0; round < 3; round++) {
    await Promise.all(Array.from({ length: 4 }, () => signIn(new Visitor(site.app), nir)));
    const known = await site.services.db.selectFrom('known_device').select('token_hash').execute();
    assert.ok(known.length <= 5, `${known.length} are known`);
    site.clock.advance(1_000);
  }
});

test('a form that signs in, sent twice, is one sign-in of one browser to its owner', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  for (const which of ['unknown', 'known']) {
    site.clock.advance(86_400_000);
    await visitor.get(paths.signIn);
    const [first, second, late] = [visitor.twin(), visitor.twin(), visitor];
    const send = (twin: Visitor) => twin.post(paths.signIn, { nir, motDePasse: goodPassword });
    const atOnce = await Promise.all([send(first), send(second)]);
    for (const seen of [...atOnce, await send(late)]) assert.equal(seen.location, paths.account, which);
    assert.equal(await told(site), 1, `${which}: at once, and after it`);
    const known = await site.services.db.selectFrom('known_device').select('token_hash').execute();
    assert.equal(known.length, 1, which);
    await visitor.get(paths.account);
    await visitor.post(paths.signOut);
  }
});
