import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { listDeadLetters, retryDeadLetters } from '#src/notices/dead-letters.ts';
import { paths, withToken } from '#src/paths.ts';
import { endOfDayAfter } from '#src/time/paris.ts';
import { latestMail, openAccountOf } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { postOffice } from '../setting/notices.ts';
import { enrol } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const venturi = personNamed('venturi');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

async function opened(t: TestContext) {
  const site = await testApp(t);
  return { site, post: await postOffice(t, site) };
}

async function seen({ app }: TestApp, link: string): Promise<string> {
  return (await new Visitor(app).get(link)).html;
}

test('a reset link that leaves 40 minutes late works for its half hour, to the second', async (t) => {
  for (const [after, works] of [
    [30 * minute - second, true],
    [30 * minute + second, false],
  ] as const) {
    const { site, post } = await opened(t);
    await openAccountOf(site, venturi, 'venturi@exemple.fr');
    await post.deliverAll();
    const visitor = new Visitor(site.app);
    await visitor.get(paths.forgotten);
    await visitor.post(paths.forgotten, { nir: venturi.line.nir });
    const { token = '' } = await latestMail(site, 'password-reset');
    site.clock.advance(40 * minute);
    await post.deliverAll();
    assert.match(post.sink.messages.at(-1) ?? '', /Subject: .*Choisir[ _]un/);
    site.clock.advance(after);
    const page = await seen(site, withToken(paths.newPassword, token));
    assert.equal(/name="motDePasse"/.test(page), works);
  }
});

test('an activation that leaves five hours late is good a day longer, and so does the account wait', async (t) => {
  const { site, post } = await opened(t);
  const start = site.clock.now();
  const waiting = new Visitor(site.app);
  await enrol(waiting, venturi, 'venturi@exemple.fr');
  const { token = '' } = await latestMail(site, 'activation');
  const meant = endOfDayAfter(start, 21);
  const fair = endOfDayAfter(start, 22);
  site.clock.advance(10 * minute);
  assert.match((await waiting.get(paths.waiting)).html, /Notre message est en retard/);
  site.clock.advance(5 * hour);
  await post.deliverAll();
  assert.match(
    post.sink.messages.map((text) => text.replace(/=\r\n/g, '')).join(''),
    /24=C2=A0mars=C2=A02026|24\s*mars/,
    'the mail says the new day',
  );
  const account = await site.services.db
    .selectFrom('account')
    .select(['link_dead_at', 'pending_until'])
    .executeTakeFirstOrThrow();
  assert.deepEqual(account, { link_dead_at: fair, pending_until: fair });
  const claim = await site.services.db
    .selectFrom('email_claim')
    .select('expires_at')
    .executeTakeFirstOrThrow();
  assert.deepEqual(claim.expires_at, fair);
  const link = withToken(paths.link, token);
  site.clock.advance(meant.getTime() - site.clock.now().getTime() + second);
  assert.match(await seen(site, link), /Confirmer mon email/);
  site.clock.advance(fair.getTime() - site.clock.now().getTime() - second);
  assert.match(await seen(site, link), /Confirmer mon email/);
  site.clock.advance(2 * second);
  assert.match(await seen(site, link), /Le délai est passé/);
});

test('late by an hour exactly, nothing moves', async (t) => {
  const { site, post } = await opened(t);
  const start = site.clock.now();
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  site.clock.advance(hour);
  await post.deliverAll();
  const { pending_until } = await site.services.db
    .selectFrom('account')
    .select('pending_until')
    .executeTakeFirstOrThrow();
  assert.deepEqual(pending_until, endOfDayAfter(start, 21));
});

test('a message that was asked for again while the server was away leaves once: the newest', async (t) => {
  const { site, post } = await opened(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  site.clock.advance(121 * second);
  await visitor.get(paths.waiting);
  await visitor.post(paths.waitingResend);
  const before = post.sink.messages.length;
  const outcomes = (await post.deliverAll()).map((outcome) => outcome.state);
  assert.ok(outcomes.includes('withheld'));
  const toVenturi = post.sink.envelopes.slice(before).filter(({ to }) => to === 'venturi@exemple.fr');
  assert.equal(toVenturi.length, 1);
});

test('however many messages are late, the account waits a day longer than meant at most', async (t) => {
  const { site, post } = await opened(t);
  const start = site.clock.now();
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  const { db } = site.services;
  for (let i = 0; i < 4; i++) {
    site.clock.advance(23 * hour);
    await post.deliverAll();
    await db.updateTable('notice').set({ state: 'queued', created_at: site.clock.now() }).execute();
  }
  const { pending_until } = await db.selectFrom('account').select('pending_until').executeTakeFirstOrThrow();
  assert.deepEqual(pending_until, endOfDayAfter(start, 22));
});

test('a dead letter is listed without anybody’s name, and goes out when its cause is mended', async (t) => {
  const { site, post } = await opened(t);
  const { db, jobs, clock } = site.services;
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  site.clock.advance(24 * hour + second);
  post.sink.refuse('recipient', 451, 4);
  await post.deliverAll();
  const dead = await listDeadLetters(db, 10);
  assert.ok(dead.some(({ kind, reason }) => kind === 'activation' && reason === 'gave-up-smtp-451'));
  assert.equal(
    dead.every(({ canRetry }) => canRetry),
    true,
    'what it says is kept for an operator',
  );
  assert.equal(JSON.stringify(dead).includes('venturi'), false);
  const [first] = dead;
  assert.equal(await retryDeadLetters(db, jobs, first?.id ?? '', clock.now()), 1);
  assert.equal(await retryDeadLetters(db, jobs, first?.id ?? '', clock.now()), 0, 'it waits already');
  await retryDeadLetters(db, jobs, 'all', clock.now());
  assert.deepEqual(await listDeadLetters(db, 10), []);
  await post.deliverAll();
  assert.deepEqual(await listDeadLetters(db, 10), [], 'refused again: 24 hours from now on');
  site.clock.advance(hour);
  for (let i = 0; i < 4; i++) await post.deliverAll();
  const { state } = await db
    .selectFrom('notice')
    .select('state')
    .where('kind', '=', 'activation')
    .executeTakeFirstOrThrow();
  assert.equal(state, 'handed-over');
});

test('what cannot be opened is given up after five tries, and holds nobody up', async (t) => {
  const { site, post } = await opened(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  const { db } = site.services;
  await db
    .updateTable('notice')
    .set({ content: Buffer.alloc(60, 1) })
    .where('kind', '=', 'activation')
    .execute();
  for (let i = 0; i < 5; i++) await post.deliverAll();
  const [broken, ...others] = await db
    .selectFrom('notice')
    .select(['state', 'reason', 'tries'])
    .orderBy('kind', 'desc')
    .execute()
    .then((rows) => rows.toSorted((a, b) => b.tries - a.tries));
  assert.deepEqual(broken, { state: 'refused', reason: 'gave-up-broken', tries: 5 });
  assert.equal(
    others.every(({ state }) => state === 'handed-over'),
    true,
  );
});
