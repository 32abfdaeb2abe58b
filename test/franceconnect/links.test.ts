import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkAccount } from '#src/account/franceconnect/link.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { openAnswers } from '#src/dossiers/dossier.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { sessionBehind } from '../setting/sessions.ts';
import { contactOf, goodPassword, submit } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { franceConnectSite, throughFranceConnect } from './site.ts';

const subjectOf = (byte: number) => Buffer.alloc(32, byte);

function keyOf({ services }: TestApp, cle: Parameters<typeof personNamed>[0]): Buffer {
  const [key] = personKeys(services.keyring, personNamed(cle).line.nir);
  assert.ok(key);
  return key;
}

/** Links an account to a subject, from its owner’s session as it goes on. */
async function linking(site: TestApp, cle: Parameters<typeof personNamed>[0]) {
  const { services } = site;
  const owner = await signedInVisitor(site, personNamed(cle));
  return async (subject: number) => {
    const session = await sessionBehind(services, owner.cookies.get('session'));
    assert.ok(session.account);
    const known = { session, account: session.account };
    const linked = await linkAccount(services, known, subjectOf(subject), services.clock.now());
    if (linked.kind === 'linked') owner.cookies.set('session', linked.issued.token);
    return linked.kind;
  };
}

const linksOf = ({ services }: TestApp) =>
  services.db.selectFrom('franceconnect_subject').select(['subject_key', 'person_key']).execute();

test('a subject is one account’s, and an account has one subject, however they are linked', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, personNamed('venturi'), 'un@exemple.fr');
  await openAccountOf(site, personNamed('loire'), 'deux@exemple.fr');
  const first = keyOf(site, 'venturi');
  const one = await linking(site, 'venturi');
  const two = await linking(site, 'loire');
  assert.equal(await one(1), 'linked');
  const before = (await site.mails()).length;
  assert.equal(await two(1), 'linked-elsewhere');
  assert.equal((await site.mails()).length, before, 'nothing was changed, no mail is sent');
  assert.deepEqual(await linksOf(site), [{ subject_key: subjectOf(1), person_key: first }]);
  assert.equal(await one(2), 'linked');
  assert.deepEqual(await linksOf(site), [{ subject_key: subjectOf(2), person_key: first }]);
  const both = await Promise.all([one(3), two(3)]);
  assert.deepEqual(both.toSorted(), ['linked', 'linked-elsewhere']);
  await site.services.db.deleteFrom('account').where('person_key', '=', first).execute();
  assert.equal(await two(2), 'linked', 'what was linked to an account that is gone is free');
});

for (const [whose, kept] of [
  ['the living account of somebody else', true],
  ['an account that is gone', false],
] as const)
  test(`an account is made with FranceConnect although its subject was linked meanwhile to ${whose}`, async (t) => {
    const site = await franceConnectSite(t);
    const { db, keyring } = site.services;
    const visitor = new Visitor(site.app);
    assert.equal((await throughFranceConnect(visitor, 'venturi', 'creation')).location, paths.terms);
    await submit(visitor, paths.terms, { accord: 'oui' }, paths.password);
    const chosen = { motDePasse: goodPassword, confirmation: goodPassword };
    await submit(visitor, paths.password, chosen, paths.contact);
    const row = await db.selectFrom('dossier').selectAll().executeTakeFirstOrThrow();
    const { proof } = openAnswers(keyring, row.person_key, row.id, row.answers);
    assert.equal(proof?.route, 'franceconnect');
    const subject_key = Buffer.from(proof.subject, 'hex');
    const other = keyOf(site, 'loire');
    if (kept) await openAccountOf(site, personNamed('loire'), 'autre@exemple.fr');
    await db.insertInto('franceconnect_subject').values({ subject_key, person_key: other }).execute();
    if (kept)
      await db
        .insertInto('franceconnect_link')
        .values({ subject_key, person_key: other, linked_at: site.clock.now() })
        .execute();
    await submit(visitor, paths.contact, contactOf('a@exemple.fr'), paths.waiting);
    const account = await db
      .selectFrom('account')
      .select('status')
      .where('person_key', '=', row.person_key)
      .execute();
    assert.deepEqual(account, [{ status: 'pending' }]);
    assert.deepEqual(await linksOf(site), [{ subject_key, person_key: kept ? other : row.person_key }]);
    const events = await db
      .selectFrom('audit_event')
      .select('kind')
      .where('person_key', '=', row.person_key)
      .orderBy('seq', 'desc')
      .limit(2)
      .execute();
    assert.deepEqual(
      events.map(({ kind }) => kind),
      kept ? ['account-created', 'password-chosen'] : ['franceconnect-linked', 'account-created'],
    );
  });
