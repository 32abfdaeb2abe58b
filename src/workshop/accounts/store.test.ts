import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { systemRandom } from '#src/crypto/random.ts';
import { makeSecret } from '#src/workshop/accounts/secrets.ts';
import { openTrainerStore, sessionLife, type TrainerStore } from '#src/workshop/accounts/store.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
const at = (ms: number) => new Date(start + ms);
const minute = 60_000;
const day = 24 * 60 * minute;

async function openStores(t: TestContext): Promise<readonly [site: TrainerStore, command: TrainerStore]> {
  const folder = await mkdtemp(join(tmpdir(), 'compte-trainers-'));
  const path = join(folder, 'atelier', 'formateurs.sqlite');
  const stores = [openTrainerStore(path), openTrainerStore(path)] as const;
  t.after(async () => {
    for (const store of stores) store.close();
    await rm(folder, { recursive: true, force: true });
  });
  assert.equal((await stat(path)).mode & 0o077, 0, 'only its owner may read it');
  return stores;
}

const keller = { id: 'a1', name: 'Sonia Keller', identifier: 'sonia-keller' };

test('a session ends when nothing was done, and after a day whatever was done', async (t) => {
  const [site] = await openStores(t);
  const link = makeSecret(systemRandom).digest;
  assert.ok(site.add(keller, at(0)));
  assert.equal(site.add({ ...keller, id: 'a2' }, at(0)), null, 'an identifier is one trainer’s');
  site.invite('a1', link, at(7 * day));
  assert.equal(site.invited(link, at(7 * day)), null);
  assert.ok(site.accept(link, 'hash', at(0)));
  assert.equal(site.accept(link, 'other', at(1)), null, 'once');

  const session = makeSecret(systemRandom).digest;
  assert.equal(site.begin(session, 'a1', { stored: 'another hash' }, at(0)), false);
  assert.equal(site.begin(session, 'a1', { stored: 'hash' }, at(0)), true);
  assert.deepEqual(site.inSession(session, at(minute)), {
    id: 'a1',
    name: 'Sonia Keller',
    hasPassphrase: true,
  });
  assert.equal(site.inSession(session, at(sessionLife.idleMs)), null);
  for (let ms = 0; ms < sessionLife.longestMs; ms += sessionLife.idleMs / 2) site.noteUse(session, at(ms));
  assert.ok(site.inSession(session, at(sessionLife.longestMs - 1)));
  assert.equal(site.inSession(session, at(sessionLife.longestMs)), null);
  site.noteUse(session, at(sessionLife.longestMs));
  assert.equal(site.inSession(session, at(sessionLife.longestMs)), null, 'what is over does not begin again');
});

test('tries are counted before they are judged, and known to a site that has started again', async (t) => {
  const [site, again] = await openStores(t);
  const digest = (text: string) => Buffer.from(text.padEnd(32));
  const keller = { identifier: digest('sonia-keller'), client: digest('here') };
  const most = { pair: 2, client: 3, identifier: 4, withinMs: 15 * minute };
  const first = site.beginTry(keller, most, at(0)) ?? assert.fail();
  assert.ok(site.beginTry(keller, most, at(0)));
  assert.equal(again.beginTry(keller, most, at(1)), null, 'one client for one identifier');
  again.takeBackTry(first);
  assert.ok(again.beginTry(keller, most, at(1)), 'one was right');
  assert.ok(site.beginTry({ ...keller, identifier: digest('other') }, most, at(2)));
  assert.equal(site.beginTry({ ...keller, identifier: digest('third') }, most, at(3)), null, 'one client');
  for (const name of ['there', 'elsewhere'])
    assert.ok(site.beginTry({ ...keller, client: digest(name) }, most, at(4)));
  assert.equal(site.beginTry({ ...keller, client: digest('far') }, most, at(5)), null, 'one identifier');
  assert.ok(again.beginTry(keller, most, at(15 * minute + 4)), 'after a quarter of an hour');
});

test('what an operator’s command writes holds in the site at once', async (t) => {
  const [site, command] = await openStores(t);
  const [first, second] = [makeSecret(systemRandom).digest, makeSecret(systemRandom).digest];
  const session = makeSecret(systemRandom).digest;
  command.add(keller, at(0));
  command.invite('a1', first, at(7 * day));
  command.invite('a1', second, at(7 * day));
  assert.equal(site.invited(first, at(1)), null, 'another link has replaced it');
  assert.ok(site.accept(second, 'hash', at(1)));
  assert.ok(site.begin(session, 'a1', { stored: 'hash' }, at(1)));
  assert.equal(command.list()[0]?.enters, 'passphrase');

  assert.equal(command.revoke('sonia-keller', at(2)), true);
  assert.equal(site.inSession(session, at(2)), null);
  assert.equal(site.passphraseOf('sonia-keller'), null);
  assert.equal(site.begin(session, 'a1', { stored: 'hash' }, at(2)), false, 'judged before, begun after');
  command.invite('a1', first, at(7 * day));
  assert.ok(site.accept(first, 'hash', at(3)));

  assert.equal(command.remove('sonia-keller'), true);
  assert.equal(command.remove('sonia-keller'), false);
  assert.deepEqual(site.removed(), ['a1']);
  site.forgetRemoved('a1');
  assert.deepEqual([site.removed(), site.list()], [[], []]);
});

test('somebody whom a provider knows is known by it, and gone after a year without a visit', async (t) => {
  const [site] = await openStores(t);
  const diallo = { id: 'b1', name: 'Mamadou Diallo', identifier: 'mamadou-diallo' };
  const who = { issuer: 'https://login.example', subject: '17' };
  assert.ok(site.addSubject(diallo, who, at(0)));
  assert.equal(site.addSubject({ ...diallo, id: 'b2', identifier: 'autre' }, who, at(0))?.id, 'b1');
  assert.equal(site.ofSubject({ ...who, issuer: 'https://autre.example' }), null);
  const session = makeSecret(systemRandom).digest;
  assert.ok(site.begin(session, 'b1', 'provider', at(day)));
  assert.equal(site.passphraseOf('mamadou-diallo'), null);
  site.tidy(at(365 * day));
  assert.equal(site.list().length, 1);
  site.tidy(at(366 * day + 1));
  assert.deepEqual([site.list(), site.removed()], [[], ['b1']]);
});
