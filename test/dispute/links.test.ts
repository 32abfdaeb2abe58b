import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personKey } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { openAccountOf } from '../setting/account.ts';
import { Visitor } from '../visitor.ts';
import {
  byFranceConnect,
  disputeOf,
  finish,
  pressLink,
  statusOf,
  trail,
  typeCode,
  usurped,
} from './usurped.ts';

const day = 86_400_000;

test('a scanner that follows the link changes nothing, however often', async (t) => {
  const site = await usurped(t, { cle: 'loire' });
  const link = withToken(paths.disputeLink, await disputeOf(site, 'account-created'));
  const scanner = new Visitor(site.app);
  for (let i = 0; i < 3; i += 1) {
    const seen = await scanner.get(link);
    assert.equal(seen.status, 200);
    assert.match(seen.html, /<button[^>]*>\s*Bloquer ce compte/);
  }
  const head = await site.app.inject({ method: 'HEAD', url: link, headers: { host: 'localhost' } });
  assert.equal(head.statusCode, 200);
  assert.equal((await new Visitor(site.app).post(link)).status, 403, 'without a form of ours');
  assert.equal(await statusOf(site), 'active');
});

test('pressed twice, or again later, the button gives the same answer; the account is frozen once', async (t) => {
  const site = await usurped(t, { cle: 'loire' });
  const link = withToken(paths.disputeLink, await disputeOf(site, 'account-created'));
  const owner = new Visitor(site.app);
  await owner.get(link);
  const presses = await Promise.all([owner, owner.twin(), owner.twin()].map((one) => one.post(link)));
  for (const seen of presses) assert.equal(seen.location, paths.frozen);
  assert.equal((await owner.get(link)).location, paths.frozen);
  assert.equal((await owner.post(link)).location, paths.frozen);
  assert.equal((await pressLink(site, await disputeOf(site, 'account-active'))).location, paths.frozen);
  assert.equal((await trail(site, 'account-frozen')).length, 1);
  assert.equal((await site.mails()).filter(({ kind }) => kind.startsWith('account-frozen')).length, 1);
});

for (const [cle, kind, days, press] of [
  ['loire', 'account-created', 10, pressLink],
  ['venturi', 'account-created-sms', 10, typeCode],
] as const)
  test(`${kind}: it works until the end of day ${days} in Paris time, and not a second longer`, async (t) => {
    const site = await usurped(t, { cle });
    const dispute = await disputeOf(site, kind);
    site.clock.advance(Date.parse('2026-03-12T23:00:00Z') - site.clock.now().getTime());
    const late = await press(site, dispute);
    assert.equal(late.status, 200);
    assert.match(late.html, /ne fonctionne plus/);
    assert.equal(await statusOf(site), 'active');
    site.clock.advance(-1_000);
    assert.equal((await press(site, dispute)).location, paths.frozen);
  });

test('a letter contains a code that works for thirty days', async (t) => {
  const site = await usurped(t, { cle: 'venturi', channels: { sms: false, letters: true } });
  // The register knows an address of hers: with it typed for the account, only the letter box is left.
  const kinds = (await site.mails()).map(({ kind }) => kind);
  assert.ok(kinds.includes('account-created'));
  const odile = personNamed('loire');
  site.clock.advance(1_000);
  await openAccountOf(site, odile, odile.line.knownEmail ?? '');
  const code = await disputeOf(site, 'account-created-letter');
  site.clock.advance(29 * day);
  assert.equal((await typeCode(site, code)).location, paths.frozen);
  const rows = await site.services.db.selectFrom('account').select(['person_key', 'status']).execute();
  const key = personKey(site.services.keyring, odile.line.nir);
  for (const { person_key, status } of rows)
    assert.equal(status, person_key.equals(key) ? 'frozen' : 'active');
  assert.ok((await site.mails()).some(({ kind }) => kind === 'account-frozen-letter'));
});

test('a link of an older account does nothing to the one that replaced it', async (t) => {
  const site = await usurped(t, { cle: 'loire' });
  const { person } = site;
  const older = await Promise.all(['account-created', 'account-active'].map((kind) => disputeOf(site, kind)));
  await pressLink(site, older[0] ?? '');
  site.clock.advance(60_000);
  const owner = new Visitor(site.app);
  await byFranceConnect(site, owner, person);
  await finish(owner, 'odile@exemple.fr');
  for (const dispute of older) {
    const seen = await pressLink(site, dispute);
    assert.match(seen.html, /Ce compte n’existe plus/);
  }
  assert.equal(await statusOf(site), 'pending');
  await pressLink(site, await disputeOf(site, 'account-created'));
  assert.equal(await statusOf(site), 'frozen', 'its own does');
});

test('the address of the replaced account is notified, and can freeze nothing', async (t) => {
  const site = await usurped(t);
  await typeCode(site, await disputeOf(site, 'account-created-sms'));
  site.clock.advance(60_000);
  const owner = new Visitor(site.app);
  await byFranceConnect(site, owner, site.person);
  await finish(owner, 'ange@exemple.fr');
  const told = (await site.mails()).find(({ kind }) => kind === 'account-reclaimed');
  assert.deepEqual(told?.content, { address: 'voleur@exemple.fr' });
});

test('forged, truncated and moved secrets are unknown; wrong codes count against the client', async (t) => {
  const site = await usurped(t, { cle: 'loire' });
  const { db, keyring } = site.services;
  const dispute = await disputeOf(site, 'account-created');
  for (const forged of ['x', dispute.slice(0, -1), `${dispute}A`, 'A'.repeat(43), 'é'.repeat(20)]) {
    const seen = await pressLink(site, forged);
    assert.equal(seen.status, 404, forged);
    assert.match(seen.html, /Ce lien n’est pas complet/);
  }
  assert.equal(
    (await pressLink(site, `${dispute}.`)).location,
    paths.frozen,
    'mail programs add punctuation',
  );

  // An attacker with write access to the database moves the row to another person.
  const ange = personNamed('venturi');
  await openAccountOf(site, ange, 'ange@exemple.fr');
  const sms = await disputeOf(site, 'account-created-sms');
  await db
    .updateTable('notice')
    .set({ person_key: personKey(keyring, ange.line.nir), created_at: site.clock.now() })
    .where('kind', '=', 'account-created')
    .execute();
  assert.equal((await pressLink(site, dispute)).status, 404);

  const guesser = new Visitor(site.app, { 'x-forwarded-for': '192.0.2.9' });
  assert.equal((await typeCode(site, 'trop court', guesser)).status, 422);
  const statuses: number[] = [];
  for (let i = 0; i < 31; i += 1)
    statuses.push((await typeCode(site, `0000${String(i).padStart(8, '0')}`, guesser)).status);
  assert.deepEqual([...new Set(statuses.slice(0, 30))], [422]);
  assert.equal(statuses[30], 429);
  const others = new Visitor(site.app, { 'x-forwarded-for': '192.0.2.10' });
  assert.equal((await typeCode(site, sms, others)).location, paths.frozen);
});

test('only keyed fingerprints are stored, and no log line, audit event or page contains the secret', async (t) => {
  const site = await usurped(t);
  const sms = await disputeOf(site, 'account-created-sms');
  const link = await disputeOf(site, 'account-active');
  await typeCode(site, sms);
  await pressLink(site, link);
  const { db } = site.services;
  const rows = await db.selectFrom('notice').select(['kind', 'dispute_key', 'dispute_bound']).execute();
  for (const { kind, dispute_key, dispute_bound } of rows) {
    const carries = ['account-created-sms', 'account-active'].includes(kind);
    assert.equal(dispute_key?.length ?? null, carries ? 32 : null, kind);
    assert.equal(dispute_bound?.length ?? null, carries ? 32 : null, kind);
  }
  const events = JSON.stringify(await db.selectFrom('audit_event').select(['kind', 'details']).execute());
  for (const secret of [sms, link]) {
    assert.ok(!events.includes(secret));
    assert.ok(!site.log.join('\n').includes(secret));
  }
});
