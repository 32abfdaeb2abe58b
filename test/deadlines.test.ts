import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { paths, withToken } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { arriveWithoutCard, enter, receive } from './codes/channels.ts';
import { latestMail, openAccountOf, signIn } from './setting/account.ts';
import { type TestApp, testApp } from './setting/application.ts';
import { enrol, goodPassword } from './steps.ts';
import { Visitor } from './visitor.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const [anne, bruno, claire] = [personNamed('venturi'), personNamed('isere'), personNamed('loire')];

/** Moves the clock to an instant, back as well. */
function goTo({ clock }: TestApp, instant: string | number): void {
  clock.advance(new Date(instant).getTime() - clock.now().getTime());
}

/** The link in the latest mail to an address. */
async function linkOf({ mails }: TestApp, address: string): Promise<string> {
  const mail = (await mails()).findLast(
    ({ kind, content }) => kind === 'activation' && content.address === address,
  );
  return withToken(paths.link, mail?.content.token ?? '');
}

async function titleOf({ app }: TestApp, url: string): Promise<string> {
  return (await new Visitor(app).get(url)).title.split(' – ')[0] ?? '';
}

function setPolicy(site: TestApp, linkActiveDays: number): void {
  const policy = loadPolicy('ameli-2025');
  const confirmation = { ...policy.confirmation, linkActiveDays, selfResendUntilDays: 21, reminderDays: [] };
  Object.assign(site.services, { policy: { ...policy, confirmation } });
}

/** Made at, last instant of the link after 7 days, of the account after 21: the end of a day in Paris. */
const creations = {
  'a week that ends with the change to summer time': [
    '2026-03-22T10:00:00Z',
    '2026-03-29T21:59:59.999Z',
    '2026-04-12T21:59:59.999Z',
  ],
  'the last millisecond before the day of the change': [
    '2026-03-28T22:59:59.999Z',
    '2026-04-04T21:59:59.999Z',
    '2026-04-18T21:59:59.999Z',
  ],
  'the first millisecond of that day': [
    '2026-03-28T23:00:00.000Z',
    '2026-04-05T21:59:59.999Z',
    '2026-04-19T21:59:59.999Z',
  ],
  'a week with the change to winter time': [
    '2026-10-20T10:00:00Z',
    '2026-10-27T22:59:59.999Z',
    '2026-11-10T22:59:59.999Z',
  ],
  'the second 02:30 of the day of 25 hours': [
    '2026-10-25T01:30:00Z',
    '2026-11-01T22:59:59.999Z',
    '2026-11-15T22:59:59.999Z',
  ],
  '29 February': ['2028-02-29T12:00:00Z', '2028-03-07T22:59:59.999Z', '2028-03-21T22:59:59.999Z'],
  'a week that ends on 29 February': [
    '2028-02-22T12:00:00Z',
    '2028-02-29T22:59:59.999Z',
    '2028-03-14T22:59:59.999Z',
  ],
  'the last millisecond of the year': [
    '2026-12-31T22:59:59.999Z',
    '2027-01-07T22:59:59.999Z',
    '2027-01-21T22:59:59.999Z',
  ],
} as const;

for (const [name, [madeAt, after7, after21]] of Object.entries(creations))
  test(`an account made on ${name}: its link for 7 or 21 days, itself for 21`, async (t) => {
    const site = await testApp(t, madeAt);
    setPolicy(site, 7);
    await enrol(new Visitor(site.app), anne, 'anne@exemple.fr');
    const short = await linkOf(site, 'anne@exemple.fr');
    setPolicy(site, 21);
    await enrol(new Visitor(site.app), bruno, 'bruno@exemple.fr');
    const long = await linkOf(site, 'bruno@exemple.fr');
    const titles = async () => [await titleOf(site, short), await titleOf(site, long)];
    const [ready = ''] = await titles();

    const dead = new Date(after7).getTime();
    for (const instant of [dead - second, dead - 1]) {
      goTo(site, instant);
      assert.deepEqual(await titles(), [ready, ready], `${instant - dead} ms`);
    }
    for (const instant of [dead, dead + 1, dead + second]) {
      goTo(site, instant);
      const [first, other] = await titles();
      assert.notEqual(first, ready, `${instant - dead} ms`);
      assert.equal(other, ready);
    }
    const visitor = new Visitor(site.app);
    await visitor.get(short);
    assert.equal((await visitor.post(short)).location, null, 'a dead link confirms nothing');
    assert.equal((await signIn(visitor, anne.line.nir)).location, paths.waiting);
    await visitor.get(paths.waiting);
    assert.equal(
      (await visitor.post(paths.waitingResend)).location,
      paths.waiting,
      'another may be asked for',
    );
    assert.equal(await titleOf(site, await linkOf(site, 'anne@exemple.fr')), ready);

    const over = new Date(after21).getTime();
    goTo(site, over - second);
    assert.equal(await titleOf(site, long), ready);
    await runHousekeeping(site.services);
    const late = new Visitor(site.app);
    assert.equal((await signIn(late, anne.line.nir)).location, paths.waiting);
    await late.get(paths.waiting);
    assert.equal((await late.post(paths.waitingResend)).location, paths.waiting, 'to the last second');
    goTo(site, over);
    assert.notEqual(await titleOf(site, long), ready, 'over');
    goTo(site, over + second);
    await late.get(paths.waiting);
    assert.notEqual((await late.post(paths.waitingResend)).location, paths.waiting);
    assert.equal((await signIn(new Visitor(site.app), anne.line.nir)).status, 403);
    await runHousekeeping(site.services);
    const { db } = site.services;
    assert.deepEqual(
      await db.selectFrom('email_claim').select('email_key').execute(),
      [],
      'addresses are free',
    );
    const told = await db
      .selectFrom('audit_event')
      .select('kind')
      .where('kind', '=', 'pending-expired')
      .execute();
    assert.equal(told.length, 2);
    await runHousekeeping(site.services);
    await openAccountOf(site, claire, 'anne@exemple.fr');
    await enrol(new Visitor(site.app), anne, 'bruno@exemple.fr');
  });

test('the clock goes back: what was freed and taken by somebody else is not given back', async (t) => {
  const site = await testApp(t, '2026-03-22T10:00:00Z');
  setPolicy(site, 21);
  await enrol(new Visitor(site.app), anne, 'partagee@exemple.fr');
  const link = await linkOf(site, 'partagee@exemple.fr');
  goTo(site, '2026-04-12T22:00:00.500Z');
  await runHousekeeping(site.services);
  await openAccountOf(site, claire, 'partagee@exemple.fr');
  site.clock.advance(-hour);
  const visitor = new Visitor(site.app);
  await visitor.get(link);
  await visitor.post(link);
  const claims = await site.services.db.selectFrom('email_claim').select('expires_at').execute();
  assert.deepEqual(claims, [{ expires_at: null }], 'one holder');
  const active = await site.services.db
    .selectFrom('account')
    .select('status')
    .where('status', '=', 'active')
    .execute();
  assert.equal(active.length, 1);
});

test('the clock goes back an hour: links, codes, proofs and sessions that were used stay used', async (t) => {
  const site = await testApp(t, '2026-10-25T00:30:00Z');
  await openAccountOf(site, anne, 'anne@exemple.fr');
  const confirmed = await linkOf(site, 'anne@exemple.fr');
  const asking = new Visitor(site.app);
  await asking.get(paths.forgotten);
  await asking.post(paths.forgotten, { nir: anne.line.nir });
  const { token = '' } = await latestMail(site, 'password-reset');
  const reset = withToken(paths.newPassword, token);
  await asking.get(reset);
  const changed = await asking.post(reset, { motDePasse: 'Girafe.Soleil9', confirmation: 'Girafe.Soleil9' });
  assert.equal(changed.location, paths.signIn);
  const person = personNamed('mutation-inachevee');
  const coded = new Visitor(site.app);
  await arriveWithoutCard(coded, person);
  const code = await receive(site, coded, 'sms');
  assert.equal((await enter(coded, person, code)).location, paths.terms);
  const left = new Visitor(site.app);
  await signIn(left, anne.line.nir, 'Girafe.Soleil9');
  const cookie = left.cookies.get('session') ?? '';
  await left.get(paths.account);
  await left.post(paths.signOut);

  site.clock.advance(-hour);
  const stranger = new Visitor(site.app);
  await stranger.get(confirmed);
  assert.equal((await stranger.post(confirmed)).location, null);
  await stranger.get(reset);
  const again = await stranger.post(reset, { motDePasse: goodPassword, confirmation: goodPassword });
  assert.equal(again.location, null);
  assert.equal((await signIn(new Visitor(site.app), anne.line.nir)).status, 422, 'the older password');
  assert.equal((await enter(stranger, person, code)).status, 422);
  stranger.cookies.set('session', cookie);
  assert.equal((await stranger.get(paths.account)).location, paths.signIn);
});

for (const start of ['2026-03-29T00:50:00Z', '2026-10-25T00:50:00Z', '2026-12-31T22:50:00Z'])
  test(`minutes are minutes, whatever the hour is called: from ${start}`, async (t) => {
    const site = await testApp(t, start);
    const { app, clock } = site;
    await openAccountOf(site, anne, 'anne@exemple.fr');
    const visitor = new Visitor(app);
    const signedIn = async () => {
      await signIn(visitor, anne.line.nir);
      return clock.now().getTime();
    };
    let at = await signedIn();
    goTo(site, at + 15 * minute - second);
    assert.equal((await visitor.get(paths.account)).status, 200, 'idle for 14:59');
    at = clock.now().getTime();
    goTo(site, at + 15 * minute + second);
    assert.equal((await visitor.get(paths.account)).location, paths.signIn, 'idle for 15:01');

    at = await signedIn();
    for (let passed = 14 * minute; passed < 12 * hour; passed += 14 * minute) {
      goTo(site, at + passed);
      await visitor.get(paths.account);
    }
    goTo(site, at + 12 * hour - second);
    assert.equal((await visitor.get(paths.account)).status, 200, 'twelve hours less a second');
    goTo(site, at + 12 * hour + second);
    assert.equal((await visitor.get(paths.account)).location, paths.signIn, 'twelve hours and a second');

    await visitor.get(paths.forgotten);
    await visitor.post(paths.forgotten, { nir: anne.line.nir });
    at = clock.now().getTime();
    const { token = '' } = await latestMail(site, 'password-reset');
    const reset = withToken(paths.newPassword, token);
    goTo(site, at + 30 * minute - second);
    const ready = await titleOf(site, reset);
    goTo(site, at + 30 * minute + second);
    assert.notEqual(await titleOf(site, reset), ready);
    const stranger = new Visitor(app);
    await stranger.get(reset);
    const late = await stranger.post(reset, { motDePasse: 'Girafe.Soleil9', confirmation: 'Girafe.Soleil9' });
    assert.equal(late.location, null);
  });

/** A code asked for at, by a channel: its last instant. */
const codes = [
  ['sms', 'mutation-inachevee', '2026-03-29T00:55:00Z', '2026-03-29T01:05:00Z'],
  ['sms', 'mutation-inachevee', '2026-10-25T00:55:00Z', '2026-10-25T01:05:00Z'],
  ['courriel', 'sans-iban', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z'],
  ['courriel', 'sans-iban', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z'],
  ['courrier', 'ni-carte-ni-contact', '2026-03-20T12:00:00Z', '2026-04-10T21:59:59.999Z'],
  ['courrier', 'ni-carte-ni-contact', '2026-10-10T21:59:59.999Z', '2026-10-31T22:59:59.999Z'],
  ['courrier', 'ni-carte-ni-contact', '2028-02-08T12:00:00Z', '2028-02-29T22:59:59.999Z'],
] as const;

for (const [canal, cle, askedAt, last] of codes)
  test(`a code by ${canal} asked for at ${askedAt} works a second before its last instant, and not a second after`, async (t) => {
    const site = await testApp(t, askedAt);
    const person = personNamed(cle);
    const visitor = new Visitor(site.app);
    await arriveWithoutCard(visitor, person);
    const code = await receive(site, visitor, canal);
    goTo(site, new Date(last).getTime() + second);
    assert.equal((await enter(new Visitor(site.app), person, code)).status, 422);
    goTo(site, new Date(last).getTime() - second);
    assert.equal((await enter(new Visitor(site.app), person, code)).location, paths.terms);
  });
