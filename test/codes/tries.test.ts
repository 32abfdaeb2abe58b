import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { tryCode } from '#src/codes/try.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { paths } from '#src/paths.ts';
import { enterByCode } from '#src/provisional-code/use.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { sessionBehind } from '../setting/sessions.ts';
import { Visitor } from '../visitor.ts';
import { arriveWithoutCard, ask, codeSent, enter, receive, wrongCode } from './channels.ts';

const marchenoir = personNamed('sans-carte');
const chassagnard = personNamed('carte-expiree');
const delarbre = personNamed('ni-carte-ni-contact');
const hour = 3_600_000;

async function waiting(
  t: TestContext,
  canal: 'sms' | 'courriel' | 'courrier',
  start?: string,
): Promise<{ site: TestApp; visitor: Visitor; code: string }> {
  const site = await testApp(t, start);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, marchenoir);
  return { site, visitor, code: await receive(site, visitor, canal) };
}

test('five wrong tries end a code: the right one is refused, in any browser, until a new day', async (t) => {
  const { site, code } = await waiting(t, 'courrier');
  for (let i = 0; i < 5; i += 1)
    assert.equal((await enter(new Visitor(site.app), marchenoir, wrongCode(code))).status, 422);
  assert.equal((await enter(new Visitor(site.app), marchenoir, code)).status, 429);
  site.clock.advance(25 * hour);
  assert.equal((await enter(new Visitor(site.app), marchenoir, code)).status, 422);
});

test('a new code does not give new tries', async (t) => {
  const { site, visitor, code } = await waiting(t, 'sms');
  for (let i = 0; i < 4; i += 1) await enter(new Visitor(site.app), marchenoir, wrongCode(code));
  site.clock.advance(60_000);
  const second = await receive(site, visitor, 'sms');
  assert.equal((await enter(new Visitor(site.app), marchenoir, wrongCode(second))).status, 422);
  assert.equal((await enter(new Visitor(site.app), marchenoir, second)).status, 429);
});

test('while tries are suspended the letter loses none of its own, and no SMS leaves', async (t) => {
  const { site, visitor, code } = await waiting(t, 'sms');
  for (let i = 0; i < 5; i += 1) await enter(visitor, marchenoir, wrongCode(code));
  assert.equal((await ask(visitor, 'sms')).status, 429);
  assert.equal((await ask(visitor, 'courriel')).status, 429);
  const letter = await receive(site, visitor, 'courrier');
  for (let i = 0; i < 3; i += 1) assert.equal((await enter(visitor, marchenoir, letter)).status, 429);
  site.clock.advance(25 * hour);
  assert.equal((await enter(new Visitor(site.app), marchenoir, letter)).location, paths.terms);
});

test('a client that knows only the NIR uses up no try of the identified person', async (t) => {
  const { site, visitor, code } = await waiting(t, 'sms');
  const stranger = () => enter(new Visitor(site.app), marchenoir, wrongCode(code));
  for (let i = 0; i < 5; i += 1) assert.equal((await stranger()).status, 422);
  assert.equal((await stranger()).status, 429);
  site.clock.advance(60_000);
  const second = await receive(site, visitor, 'sms');
  assert.equal((await enter(new Visitor(site.app), marchenoir, second)).status, 429);
  assert.equal((await enter(visitor, marchenoir, wrongCode(second))).status, 422);
  assert.equal((await enter(visitor, marchenoir, second)).location, paths.terms);
});

test('a code requested by another channel leaves the letter valid; using one ends both', async (t) => {
  const { site, visitor, code: letter } = await waiting(t, 'courrier');
  const stranger = new Visitor(site.app);
  await arriveWithoutCard(stranger, marchenoir);
  const sms = [];
  for (let i = 0; i < 3; i += 1) {
    site.clock.advance(60_000);
    sms.push(await receive(site, stranger, 'sms'));
  }
  const mail = await receive(site, stranger, 'courriel');
  const [first = ''] = sms;
  assert.equal((await enter(new Visitor(site.app), marchenoir, first)).status, 422, 'of one way the latest');
  assert.match((await visitor.get(paths.provisionalCode)).html, /courrier/);
  assert.equal((await enter(new Visitor(site.app), marchenoir, letter)).location, paths.terms);
  for (const other of [mail, ...sms])
    assert.equal((await enter(new Visitor(site.app), marchenoir, other)).status, 422);
  const alive = site.services.db
    .selectFrom('provisional_code')
    .select('id')
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null);
  assert.deepEqual(await alive.execute(), []);
});

test('the dossier of another person does not identify a browser', async (t) => {
  const { site, code } = await waiting(t, 'courriel');
  const other = new Visitor(site.app);
  await arriveWithoutCard(other, chassagnard);
  for (let i = 0; i < 5; i += 1) await enter(other, marchenoir, wrongCode(code));
  assert.equal((await enter(new Visitor(site.app), marchenoir, code)).status, 429);
  const { tries, dossier_tries } = await site.services.db
    .selectFrom('provisional_code')
    .selectAll()
    .executeTakeFirstOrThrow();
  assert.deepEqual([tries, dossier_tries], [5, 0]);
});

test('an SMS whose code is used no longer counts against a shared client', async (t) => {
  const site = await testApp(t, undefined, { unnamedShare: 1 });
  const address = { 'x-forwarded-for': '203.0.113.7' };
  for (const round of [1, 2, 3, 4]) {
    const visitor = new Visitor(site.app, address);
    await arriveWithoutCard(visitor, marchenoir);
    for (let i = 0; i < 2; i += 1) {
      site.clock.advance(hour);
      const again = new Visitor(site.app, address);
      await arriveWithoutCard(again, marchenoir);
      await receive(site, again, 'sms');
      if (i === 1) await enter(again, marchenoir, await codeSent(site, 'sms'));
    }
    const row = await site.services.db
      .selectFrom('attempt')
      .select('failures')
      .where('kind', '=', 'sms-address')
      .executeTakeFirst();
    assert.deepEqual(row?.failures, [], `round ${round}`);
    site.clock.advance(25 * hour);
  }
});

test('a code is not lost when its dossier changed between the form and its answer', async (t) => {
  const { site, visitor, code } = await waiting(t, 'courrier');
  const { db, clock } = site.services;
  const { nir } = marchenoir.line;
  const session = await sessionBehind(site.services, visitor.cookies.get('session'));
  assert.ok(session.dossier);
  await db.updateTable('dossier').set({ version: 9 }).execute();
  const client = clientOf(site.services, '203.0.113.7');
  const tried = await tryCode(site.services, {
    nir,
    code,
    person: null,
    own: false,
    client,
    now: clock.now(),
  });
  assert.ok(tried.kind === 'right');
  const used = await enterByCode(site.services, {
    nir,
    code: tried.code,
    session,
    once: Buffer.alloc(32),
    now: clock.now(),
  });
  assert.ok(used?.kind === 'redirect' && (used.cookies ?? []).length > 0);
  assert.equal(used.to, paths.terms);
  const [, ...others] = await db.selectFrom('dossier').select('step').execute();
  assert.deepEqual(others, []);
  const { step } = await db.selectFrom('dossier').select('step').executeTakeFirstOrThrow();
  assert.equal(step, 'terms');
});

test('a used code is no longer valid, and a code is valid for one person only', async (t) => {
  const { site, visitor, code } = await waiting(t, 'courriel');
  const other = new Visitor(site.app);
  await arriveWithoutCard(other, chassagnard);
  site.clock.advance(1000);
  const others = await receive(site, other, 'courriel');
  assert.equal((await enter(visitor, marchenoir, others)).status, 422);
  assert.equal((await enter(other, chassagnard, code)).status, 422);
  assert.equal((await enter(visitor, marchenoir, code)).location, paths.terms);
  assert.equal((await enter(new Visitor(site.app), marchenoir, code)).status, 422);
});

test('a code typed in the browser of another person opens the dossier of its own person', async (t) => {
  const { site, code } = await waiting(t, 'courriel');
  const family = new Visitor(site.app);
  await arriveWithoutCard(family, delarbre);
  assert.equal((await enter(family, marchenoir, code)).location, paths.terms);
  const rows = await site.services.db.selectFrom('session').selectAll().execute();
  const used = await site.services.db.selectFrom('provisional_code').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual(rows.filter(({ person_key }) => !person_key.equals(used.person_key)).length, 0);
});

for (const [canal, start, lastMs, what] of [
  ['sms', '2026-03-29T00:55:00Z', 10 * 60_000, 'across the change to summer time'],
  ['courriel', '2026-10-24T12:00:00Z', 24 * hour, 'across the change to winter time'],
  [
    'courrier',
    '2026-03-20T09:00:00Z',
    Date.parse('2026-04-10T22:00:00Z') - Date.parse('2026-03-20T09:00:00Z'),
    'across the change to summer time',
  ],
  [
    'courrier',
    '2026-10-20T09:00:00Z',
    Date.parse('2026-11-10T23:00:00Z') - Date.parse('2026-10-20T09:00:00Z'),
    'across the change to winter time',
  ],
] as const) {
  test(`a code by ${canal} is valid a second before its end, ${what}`, async (t) => {
    const { site, code } = await waiting(t, canal, start);
    site.clock.advance(lastMs - 1000);
    assert.equal((await enter(new Visitor(site.app), marchenoir, code)).location, paths.terms);
  });
  test(`a code by ${canal} has expired a second after its end, ${what}`, async (t) => {
    const { site, code } = await waiting(t, canal, start);
    site.clock.advance(lastMs + 1000);
    assert.equal((await enter(new Visitor(site.app), marchenoir, code)).status, 422);
  });
}

test('fifty wrong codes at once: five are evaluated', async (t) => {
  const { site, code } = await waiting(t, 'courrier');
  const browsers = Array.from({ length: 50 }, () => new Visitor(site.app));
  for (const browser of browsers) await browser.get(paths.provisionalCode);
  const answers = await Promise.all(
    browsers.map((browser) =>
      browser.post(paths.provisionalCode, { nir: marchenoir.line.nir, code: wrongCode(code) }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 422).length, 5);
  assert.equal(answers.filter(({ status }) => status === 429).length, 45);
  const row = await site.services.db.selectFrom('provisional_code').selectAll().executeTakeFirstOrThrow();
  assert.equal(row.tries, 5);
});

test('fifty right codes at once: one succeeds and opens one dossier', async (t) => {
  const { site, code } = await waiting(t, 'courrier');
  const browsers = Array.from({ length: 50 }, () => new Visitor(site.app));
  for (const browser of browsers) await browser.get(paths.provisionalCode);
  const answers = await Promise.all(
    browsers.map((browser) => browser.post(paths.provisionalCode, { nir: marchenoir.line.nir, code })),
  );
  assert.equal(answers.filter(({ location }) => location === paths.terms).length, 1);
  assert.ok(answers.every(({ status }) => status < 500));
  const proven = await site.services.db
    .selectFrom('dossier')
    .select('id')
    .where('step', '=', 'terms')
    .execute();
  assert.equal(proven.length, 1);
});

test('pressed twice, the right code leads on both times', async (t) => {
  const { visitor, code } = await waiting(t, 'sms');
  await visitor.get(paths.provisionalCode);
  const fields = { nir: marchenoir.line.nir, code };
  const answers = await Promise.all(
    [visitor, visitor.twin()].map((one) => one.post(paths.provisionalCode, fields)),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303],
  );
  assert.equal((await visitor.get(paths.provisionalCode)).location, paths.terms);
});

test('forms that cannot be judged count nothing', async (t) => {
  const { site, code } = await waiting(t, 'sms');
  const visitor = new Visitor(site.app);
  await visitor.get(paths.provisionalCode);
  for (const fields of [
    { nir: '', code: '' },
    { nir: '123', code },
    { nir: marchenoir.line.nir, code: '' },
    { nir: marchenoir.line.nir, code: '12' },
    { nir: marchenoir.line.nir, code: 'à recopier' },
  ])
    assert.equal((await visitor.post(paths.provisionalCode, fields)).status, 422);
  const row = await site.services.db.selectFrom('provisional_code').selectAll().executeTakeFirstOrThrow();
  assert.equal(row.tries, 0);
  assert.equal((await enter(visitor, marchenoir, code)).location, paths.terms);
});

test('the code of a person whose rights ended meanwhile opens nothing', async (t) => {
  const { site, code } = await waiting(t, 'courrier');
  const line = { ...marchenoir.line, deceased: true };
  const { db, keyring } = site.services;
  await importPeople(db, keyring, [line], { now: site.clock.now(), uuid: site.services.random.uuid() });
  assert.notEqual((await enter(new Visitor(site.app), marchenoir, code)).location, paths.terms);
});

test('requested codes are stored with their notices and events; no code is stored in clear', async (t) => {
  const { site, visitor } = await waiting(t, 'courrier');
  site.clock.advance(60_000);
  await receive(site, visitor, 'sms');
  const code = await codeSent(site, 'sms');
  await enter(visitor, marchenoir, code);
  const { db } = site.services;
  const kinds = await db.selectFrom('audit_event').select(['kind', 'details']).orderBy('seq').execute();
  assert.deepEqual(
    kinds.map(({ kind, details }) => [kind, details]),
    [
      ['identity-accepted', { step: 'other-ways' }],
      ['code-requested', { channel: 'letter' }],
      ['code-requested', { channel: 'sms' }],
      ['code-accepted', { channel: 'sms' }],
      ['proof-accepted', { route: 'code-provisoire', channel: 'sms' }],
    ],
  );
  const stored = JSON.stringify([
    await db.selectFrom('provisional_code').selectAll().execute(),
    kinds,
    site.log,
  ]);
  assert.ok(!stored.includes(code));
});
