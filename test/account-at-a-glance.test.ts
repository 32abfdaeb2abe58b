import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paymentAddress } from '#src/account/payments/addresses.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withId } from '#src/paths.ts';
import { sharesOf, sumOf } from '#src/reimbursement/shares.ts';
import { formatEuros } from '#src/texts/money.ts';
import { openAccountOf, signedInVisitor } from './setting/account.ts';
import { testApp } from './setting/application.ts';
import { Counted } from './setting/counted.ts';
import { type Deposited, depositLife } from './setting/invented-life.ts';
import { goodPassword } from './steps.ts';

const gerald = personNamed('adresse-titulaire');
const stranger = personNamed('isere');
/** His son, who is of age. */
const hidden = 2;

function payments(life: readonly Deposited[]) {
  return life.flatMap(({ item, id }) => (item.kind === 'payment' ? [{ ...item.payment, id }] : []));
}

test('an account is opened, says what is new, and keeps to itself what is about an adult', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, gerald, 'gerald@exemple.fr');
  const visitor = await signedInVisitor(site, gerald);
  const empty = await visitor.get(paths.account);
  assert.match(empty.html, /Ce compte est à <strong>Gérald Delorme-Favre<\/strong>/);
  assert.match(empty.html, /Vous avez tout lu/);
  assert.match(empty.html, /Aucun paiement pour le moment/);
  assert.doesNotMatch(empty.html, /À faire/);

  const life = await depositLife(site, gerald, '2025-09-01');
  const all = payments(life);
  const seen = all.filter(({ lines }) => lines.some(({ rank }) => rank !== hidden));
  const last = seen.at(-1);
  assert.ok(last && seen.length < all.length, 'some payments are about his son alone');

  const home = await visitor.get(paths.account);
  await t.test('what is unread is counted, and what matters is named', () => {
    assert.match(home.html, /À faire/);
    assert.match(home.html, /Lisez ce document important\u00a0: <a[^>]*>Vérifiez votre situation</);
    assert.match(home.html, />2 documents non lus</);
    assert.match(home.html, /3 messages non lus/);
  });

  await t.test('the last payment is his own, and leads to its page', async () => {
    const shares = sharesOf(last).filter(({ rank }) => rank !== hidden);
    assert.ok(home.html.includes(formatEuros(sumOf(shares), 'fr')), home.html);
    assert.ok(home.html.includes(paymentAddress(last.id)));
    assert.equal((await visitor.get(paymentAddress(last.id))).status, 200);
  });

  await t.test('tiles lead to pages that exist', async () => {
    const tiles = [
      ...home.html.matchAll(/<h3 class="govuk-heading-s"><a class="govuk-link" href="([^"]+)"/g),
    ];
    assert.ok(tiles.length >= 4);
    for (const [, href = ''] of tiles) assert.equal((await visitor.get(href)).status, 200, href);
  });

  await t.test('payments are filtered, and given as a statement', async () => {
    const own = await visitor.get(`${paths.accountPayments}?nature=soins&beneficiaire=3`);
    assert.equal(own.status, 200);
    const sons = await visitor.get(`${paths.accountPayments}?beneficiaire=${hidden}`);
    assert.doesNotMatch(sons.html, /Maxence/);
    const statement = await visitor.get(`/mon-compte/releves/${last.paidOn.slice(0, 7)}.pdf`);
    assert.equal(statement.status, 200);
    assert.match(statement.html, /^%PDF-/);
  });

  await t.test('nobody reads by an id what is not theirs to read', async () => {
    const sons = all.find(({ lines }) => lines.every(({ rank }) => rank === hidden));
    assert.ok(sons);
    assert.equal((await visitor.get(paymentAddress(sons.id))).status, 404);
    await openAccountOf(site, stranger, 'autre@exemple.fr');
    const other = await signedInVisitor(site, stranger);
    assert.match((await other.get(paths.account)).html, /Aucun paiement pour le moment/);
    assert.equal((await other.get(paymentAddress(last.id))).status, 404);
    const ofGerald = life.find(({ item }) => item.kind === 'document' && item.document.rank === 1);
    assert.equal((await other.get(withId(paths.accountDocument, ofGerald?.id ?? ''))).status, 404);
  });

  await t.test('once read, the important document is no longer asked for', async () => {
    const paper = life.find(({ item }) => item.kind === 'document' && item.id === 'situation');
    const address = withId(paths.accountDocument, paper?.id ?? '');
    await visitor.get(address);
    assert.match((await visitor.post(address)).html, /^%PDF-/);
    const { html } = await visitor.get(paths.account);
    assert.doesNotMatch(html, /À faire/);
    assert.match(html, />1 document non lu</);
  });

  await t.test('a message is read, and is no longer new', async () => {
    const list = await visitor.get(paths.messages);
    assert.match(list.html, /Vaccination contre la grippe/);
    const message = life.find(({ item }) => item.id === 'vaccination');
    const thread = await visitor.get(withId(paths.messageThread, message?.id ?? ''));
    assert.match(thread.html, /possible dès maintenant/);
    assert.match((await visitor.get(paths.account)).html, />2 messages non lus</);
  });

  await t.test('an attestation of his own rights is made, and none of his son', async () => {
    await visitor.get(paths.accountAttestation);
    const own = await visitor.post(paths.accountAttestation, { beneficiaire: '1', sante: 'non' });
    assert.match(own.html, /^%PDF-/);
    await visitor.get(paths.accountAttestation);
    const sons = await visitor.post(paths.accountAttestation, { beneficiaire: '2', sante: 'oui' });
    assert.doesNotMatch(sons.html, /^%PDF-|Maxence/);
  });

  await t.test('two statements, however much there is', async () => {
    const counted = new Counted(site);
    await counted.begin(async (browser) => {
      await browser.get(paths.signIn);
      await browser.post(paths.signIn, { nir: gerald.line.nir, motDePasse: goodPassword });
    });
    await counted.get(paths.account);
    assert.deepEqual(counted.costs, [[`GET ${paths.account}`, 2]]);
  });
});
