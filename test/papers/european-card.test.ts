import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personKeys } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { listMessages } from '#src/messages/store.ts';
import { paths, withToken } from '#src/paths.ts';
import { caisse } from '../depot/senders.ts';
import { faultsIn, readPdf } from '../documents/other-readers.ts';
import { mailKinds, openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { Visitor } from '../visitor.ts';
import { addSender, codeOn, depositRights, familyOf, postForFile } from './setting.ts';

const ange = personNamed('venturi');
const { accountEuropeanCard: page } = paths;
/** The stories begin on 2 March 2026. */
const inMay = { 'depart-jour': '4', 'depart-mois': '5', 'depart-annee': '2026' };
const inTenDays = { 'depart-jour': '12', 'depart-mois': '03', 'depart-annee': '2026' };
const day = 86_400_000;

async function withRights(site: TestApp, sender = caisse): Promise<Visitor> {
  await addSender(site, sender);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  await depositRights(site, ange, familyOf(ange));
  return signedInVisitor(site, ange);
}

async function ordered({ services }: TestApp) {
  const { db, keyring } = services;
  const messages = await listMessages(db, keyring, personKeys(keyring, ange.line.nir));
  const orders = await db.selectFrom('attestation').selectAll().where('kind', '=', 'european-card').execute();
  const events = await db
    .selectFrom('audit_event')
    .select('details')
    .where('kind', '=', 'european-card-ordered')
    .execute();
  return { messages, orders, events };
}

test('cards are ordered once, by a message to the caisse, and again before their end', async (t) => {
  const site = await testApp(t);
  const visitor = await withRights(site);
  const form = await visitor.get(page);
  assert.match(form.html, /Lise/);
  assert.doesNotMatch(form.html, /Octave/);
  const [line = ''] = ange.line.address;
  assert.ok(form.html.includes(line), line);
  const inOneField = { 'depart-jour': '4/5/2026', 'depart-mois': '', 'depart-annee': '' };
  const sent = { ...inOneField, beneficiaires: ['1', '2'] };
  const both = await Promise.all([
    postForFile(site, visitor, page, sent),
    postForFile(site, visitor, page, sent),
  ]);
  assert.deepEqual(
    both.map(({ location }) => location),
    [page, page],
  );
  const after = await visitor.get(page);
  assert.match(after.html, /Ange Venturi\u00a0: commandée le/);
  assert.match(after.html, /2\u00a0décembre\u00a02027|1er\u00a0décembre\u00a02027/);
  assert.doesNotMatch(after.html, /name="beneficiaires"/);
  const first = await ordered(site);
  assert.deepEqual([first.messages.length, first.orders.length, first.events.length], [1, 2, 1]);
  const [message] = first.messages;
  assert.deepEqual([message?.sender, message?.state], ['caisse-631', 'waiting']);
  assert.match(message?.text ?? '', /Départ le 04\/05\/2026/);
  assert.match(message?.text ?? '', /Rang 02.*Lise/);
  assert.equal((await mailKinds(site)).filter((kind) => kind === 'european-card-ordered').length, 1);
  assert.match((await visitor.get(paths.messages)).html, /Commande de carte européenne/);

  // The same form again, and for one of both.
  await postForFile(site, visitor, page, sent);
  await postForFile(site, visitor, page, { ...inMay, beneficiaires: '2' });
  assert.equal((await ordered(site)).messages.length, 1);

  site.clock.advance(22 * 31 * day);
  const later = await signedInVisitor(site, ange);
  await later.get(page);
  const next = { 'depart-jour': '1', 'depart-mois': '2', 'depart-annee': '2028', beneficiaires: '1' };
  assert.equal((await postForFile(site, later, page, next)).location, page);
  const renewed = await ordered(site);
  assert.deepEqual([renewed.messages.length, renewed.orders.length], [2, 3]);
});

test('what cannot be ordered is refused in words', async (t) => {
  const site = await testApp(t);
  const visitor = await withRights(site);
  const cases: readonly (readonly [Record<string, string | readonly string[]>, RegExp])[] = [
    [{ beneficiaires: '1' }, /Écrivez le jour du départ/],
    [{ ...inMay }, /Cochez au moins une personne/],
    [{ ...inMay, beneficiaires: '3' }, /Cochez au moins une personne/],
    [{ ...inMay, beneficiaires: ['1', '3'] }, /Cochez au moins une personne/],
    [{ ...inMay, beneficiaires: ['1', '9', '__proto__'] }, /Cochez au moins une personne/],
    [{ ...inMay, 'depart-jour': '31', 'depart-mois': '2', beneficiaires: '1' }, /Écrivez le jour du départ/],
    [{ ...inMay, 'depart-annee': '226', beneficiaires: '1' }, /Écrivez le jour du départ/],
    [{ ...inMay, 'depart-annee': '2025', beneficiaires: '1' }, /déjà passé/],
    [{ ...inMay, 'depart-annee': '9999', beneficiaires: '1' }, /ne sera plus valable/],
  ];
  for (const [fields, words] of cases) {
    await visitor.get(page);
    const { status, file } = await postForFile(site, visitor, page, fields);
    assert.equal(status, 422, JSON.stringify(fields));
    assert.match(file.toString(), words, JSON.stringify(fields));
  }
  const { messages, orders, events } = await ordered(site);
  assert.deepEqual([messages, orders, events], [[], [], []]);
});

test('who leaves soon gets a certificate too, for each person who ordered and nobody else', async (t) => {
  const site = await testApp(t);
  const visitor = await withRights(site);
  await visitor.get(page);
  const early = await postForFile(site, visitor, page, { certificat: '1' });
  assert.equal(early.location, page, 'no certificate before an order');
  await postForFile(site, visitor, page, { ...inTenDays, beneficiaires: '2' });
  const after = await visitor.get(page);
  assert.match(after.html, /CERTIFICAT POUR Lise/);
  for (const certificat of ['1', '3', 'x'])
    assert.equal((await postForFile(site, visitor, page, { certificat })).location, page, certificat);
  const { file, type } = await postForFile(site, visitor, page, { certificat: '2' });
  assert.equal(type, 'application/pdf');
  assert.deepEqual(faultsIn(file), []);
  const text = (await readPdf(file)).text.replaceAll(/\s/g, ' ');
  assert.match(text, /Lise/);
  assert.match(text, /02\/03\/2026.*01\/06\/2026/);
  assert.doesNotMatch(text, /[Ee]xonération|solidaire/);
  const checked = await new Visitor(site.app).get(withToken(paths.checkCode, codeOn(text)));
  assert.match(checked.title, /est valable/);
  assert.match(checked.html, /Certificat provisoire européen/);
});

test('where the caisse reads no messages, the page says how to order, and certificates are made', async (t) => {
  const site = await testApp(t);
  const visitor = await withRights(site, { ...caisse, scopes: ['rights', 'documents'] });
  const seen = await visitor.get(page);
  assert.match(seen.html, /ne reçoit pas encore les commandes/);
  assert.doesNotMatch(seen.html, /name="beneficiaires"/);
  assert.equal((await postForFile(site, visitor, page, { ...inMay, beneficiaires: '1' })).location, page);
  assert.deepEqual((await ordered(site)).orders, []);
  await visitor.get(page);
  assert.equal((await postForFile(site, visitor, page, { certificat: '1' })).type, 'application/pdf');
});
