import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personKey } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { latestMail, openAccountOf, signIn } from './setting/account.ts';
import { type TestApp, testApp } from './setting/application.ts';
import { enrol, identify, identityOf, proofOf, prove } from './steps.ts';
import { type Seen, Visitor } from './visitor.ts';

const venturi = personNamed('venturi');
const stranger = { nir: '2690549588157' };
const minute = 60_000;
const hour = 60 * minute;

/** From an address of its own each time, as an attacker with many of them would. */
function somewhere({ app }: TestApp, number: number): Visitor {
  return new Visitor(app, { 'x-forwarded-for': `198.51.${number >> 8}.${number & 255}` });
}

async function identityFrom(visitor: Visitor, changes: Record<string, string>): Promise<Seen> {
  await visitor.get(paths.identity);
  return visitor.post(paths.identity, identityOf(venturi, changes));
}

test('identity: five failures in six hours and ten in thirty days, for known and unknown numbers alike', async (t) => {
  const site = await testApp(t);
  const statuses: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  const cases = { known: { nom: 'Personne' }, unknown: stranger };
  for (const [which, changes] of [['known', cases.known] as const, ['unknown', cases.unknown] as const]) {
    for (let i = 0; i < 6; i++)
      statuses[which].push((await identityFrom(somewhere(site, i), changes)).status);
  }
  site.clock.advance(6 * hour + 1_000);
  for (const [which, changes] of [['known', cases.known] as const, ['unknown', cases.unknown] as const]) {
    for (let i = 0; i < 5; i++)
      statuses[which].push((await identityFrom(somewhere(site, i), changes)).status);
  }
  site.clock.advance(6 * hour + 1_000);
  for (const [which, changes] of [['known', cases.known] as const, ['unknown', cases.unknown] as const])
    statuses[which].push((await identityFrom(somewhere(site, 9), changes)).status);
  const five = [422, 422, 422, 422, 422];
  assert.deepEqual(statuses.known, [...five, 429, ...five, 429]);
  assert.deepEqual(statuses.unknown, statuses.known);
  const right = await identityFrom(somewhere(site, 10), {});
  assert.equal(right.status, 429, 'the right identity waits too');
  site.clock.advance(30 * 24 * hour);
  await prove(somewhere(site, 11), venturi);
});

test('proof: a new case, another address or another session do not bring new tries', async (t) => {
  const site = await testApp(t);
  const wrong = { ...proofOf(venturi), iban7: '0000000' };
  for (let i = 0; i < 5; i++) {
    const visitor = somewhere(site, i);
    await identify(visitor, venturi);
    await visitor.get(paths.proof);
    assert.equal((await visitor.post(paths.proof, wrong)).status, 422);
  }
  const visitor = somewhere(site, 9);
  await identify(visitor, venturi);
  await visitor.get(paths.proof);
  const blocked = await visitor.post(paths.proof, proofOf(venturi));
  assert.equal(blocked.status, 429);
  assert.ok(Number(blocked.headers['retry-after']) > 23 * 3600);
});

test('one client’s address: thirty failures in ten minutes; people who do not fail use none of them', async (t) => {
  const site = await testApp(t);
  const office = () => new Visitor(site.app, { 'x-forwarded-for': '203.0.113.7' });
  for (let i = 0; i < 40; i++) await identify(office(), venturi);
  for (let i = 0; i < 30; i++) {
    const nir = `26905495${String(10_000 + i)}`;
    assert.equal((await identityFrom(office(), { nir })).status, 422, `${i}`);
  }
  assert.equal((await identityFrom(office(), {})).status, 429);
  await identify(somewhere(site, 1), venturi);
  site.clock.advance(10 * minute + 1_000);
  await identify(office(), venturi);
});

test('the code of the mail: five tries in all, wherever they come from; the link still works', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  const { code = '', token = '' } = await latestMail(site, 'activation');
  const wrong = code === '00000000' ? '00000001' : '00000000';
  const tryCode = async (visitor: Visitor, fields: Record<string, string>) => {
    await visitor.get(paths.waiting);
    return visitor.post(paths.waiting, fields);
  };
  const { nir } = venturi.line;
  const refusals = [];
  for (let i = 0; i < 5; i++) refusals.push(await tryCode(somewhere(site, i), { nir, code: wrong }));
  refusals.push(await tryCode(somewhere(site, 6), { nir, code }));
  refusals.push(await tryCode(somewhere(site, 7), { ...stranger, code }));
  const pages = refusals.map(({ status, html }) => `${status} ${html.replaceAll(/value="[^"]*"/g, '')}`);
  assert.equal(new Set(pages).size, 1, 'wrong, no try left and nobody’s number look the same');
  assert.match(pages[0] ?? '', /^422/);
  const { db, keyring } = site.services;
  const events = await db.selectFrom('audit_event').select('person_key').distinct().execute();
  const people = [nir, stranger.nir].map((number) => personKey(keyring, number).toString('hex'));
  assert.deepEqual(
    events.map(({ person_key }) => person_key.toString('hex')).sort(),
    people.sort(),
    'the audit names people, never the address that somebody came from',
  );
  const link = withToken(paths.link, token);
  const mailbox = new Visitor(site.app);
  await mailbox.get(link);
  assert.equal((await mailbox.post(link)).location, paths.confirmed);
});

test('the code of the mail: who only knows the number leaves the tries of the session that waits', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  const { code = '' } = await latestMail(site, 'activation');
  const wrong = code === '00000000' ? '00000001' : '00000000';
  const { nir } = venturi.line;
  for (let i = 0; i < 6; i++) {
    const stranger = somewhere(site, i);
    await stranger.get(paths.waiting);
    assert.equal((await stranger.post(paths.waiting, { nir, code: wrong })).status, 422);
  }
  await visitor.get(paths.waiting);
  assert.equal((await visitor.post(paths.waiting, { code: wrong })).status, 422);
  assert.equal((await visitor.post(paths.waiting, { code })).location, paths.confirmed);
});

test('the code of the mail opens the account from any device with the number', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  const { code = '' } = await latestMail(site, 'activation');
  const telephone = new Visitor(site.app);
  await telephone.get(paths.waiting);
  const spaced = `${code.slice(0, 4)} ${code.slice(4)}`;
  const fields = { nir: venturi.line.nir, code: spaced };
  assert.equal((await telephone.post(paths.waiting, fields)).location, paths.confirmed);
  assert.equal((await telephone.post(paths.waiting, fields)).status, 422, 'once');
  assert.equal((await telephone.get(paths.account)).location, paths.signIn, 'it opens no session');
});

test('another message: one in two minutes, five mails a day with the first, ten in all, each kills the one before', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  const again = async () => {
    if ((await visitor.get(paths.waiting)).html.includes('name="nir"'))
      assert.equal((await signIn(visitor, venturi.line.nir)).location, paths.waiting);
    await visitor.get(paths.waiting);
    return (await visitor.post(paths.waitingResend)).status < 400;
  };
  assert.equal(await again(), false, 'at once');
  const sent = [];
  for (let i = 0; i < 6; i++) {
    site.clock.advance(3 * minute);
    sent.push(await again());
  }
  assert.deepEqual(sent, [true, true, true, true, false, false]);
  site.clock.advance(25 * hour);
  for (let i = 0; i < 5; i++) {
    assert.equal(await again(), true, `${i + 5}`);
    site.clock.advance(3 * minute);
  }
  site.clock.advance(25 * hour);
  assert.equal(await again(), true, 'the tenth');
  site.clock.advance(25 * hour);
  assert.equal(await again(), false, 'the eleventh');
  const mails = (await site.mails()).filter(({ kind }) => kind === 'activation');
  assert.equal(mails.length, 11);
  const older = new Visitor(site.app);
  const link = withToken(paths.link, mails[0]?.content.token ?? '');
  assert.match((await older.get(link)).title, /^Ce lien a été remplacé/);
});

test('signing in with nobody’s number, a pending and an open account: same answers at each count of tries', async (t) => {
  const site = await testApp(t);
  const other = personNamed('carte-avec-photo');
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await enrol(new Visitor(site.app), other, 'autre@exemple.fr');
  const answers = new Map<string, string[]>();
  for (const nir of [stranger.nir, venturi.line.nir, other.line.nir]) {
    const seen: string[] = [];
    for (let i = 0; i < 11; i++) {
      const { status, html, headers } = await signIn(new Visitor(site.app), nir, 'Faux.Passe9');
      seen.push(`${status} ${headers['retry-after']} ${html.replaceAll(/value="[^"]*"/g, '')}`);
    }
    answers.set(nir, seen);
  }
  const [first, ...others] = [...answers.values()];
  for (const seen of others) assert.deepEqual(seen, first);
});
