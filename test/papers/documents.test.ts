import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withId } from '#src/paths.ts';
import type { Rights } from '#src/rights/rights.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { Counted } from '../setting/counted.ts';
import { goodPassword } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { addSender, depositDocument, depositRights, familyOf } from './setting.ts';

const ange = personNamed('venturi');
const stranger = personNamed('isere');

async function opened({ services }: TestApp): Promise<{ id: unknown; at: Date }[]> {
  const rows = await services.db
    .selectFrom('audit_event')
    .select(['details', 'at'])
    .where('kind', '=', 'document-opened')
    .orderBy('seq')
    .execute();
  return rows.map(({ details, at }) => ({ id: Object(details).id, at }));
}

test('a document is looked at, then opened by its button, which is recorded once', async (t) => {
  const site = await testApp(t);
  await addSender(site);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, ange);
  const empty = await visitor.get(paths.accountDocuments);
  assert.match(empty.html, /Vous n’avez pas encore reçu de document/);

  const file = randomBytes(500_000);
  const id = await depositDocument(site, ange, {
    ...{ reference: 'D-1', title: 'Décision sur votre demande', matters: true, file },
  });
  const list = await visitor.get(paths.accountDocuments);
  assert.match(list.html, /Décision sur votre demande/);
  assert.match(list.html, /CPAM du Puy-de-Dôme, reçu le/);
  assert.match(list.html, /Nouveau/);
  const address = withId(paths.accountDocument, id);
  const page = await visitor.get(address);
  assert.match(page.html, /Pas encore lu/);
  assert.deepEqual(await opened(site), [], 'to look at its page is not to open it');

  site.clock.advance(60_000);
  const answer = await visitor.post(address);
  assert.equal(answer.status, 200);
  const {
    'content-type': type,
    'content-disposition': disposition,
    'content-length': length,
  } = answer.headers;
  assert.deepEqual(
    [type, disposition, length, answer.headers['cache-control']],
    ['application/pdf', 'attachment; filename="document-2026-03-02.pdf"', '500000', 'no-store'],
  );
  const first = site.clock.now();
  assert.deepEqual(await opened(site), [{ id, at: first }]);
  site.clock.advance(60_000);
  assert.equal((await visitor.post(address)).status, 200, 'it may be downloaded again');
  assert.deepEqual(await opened(site), [{ id, at: first }], 'the first time counts');
  const after = await visitor.get(paths.accountDocuments);
  assert.match(after.html, /Lu le/);
  assert.doesNotMatch(after.html, /Nouveau/);
});

/** The family, in which Octave has this birth date. */
function withOctave(birthDate: string): Rights {
  const { organism, beneficiaries } = familyOf(ange);
  const changed = beneficiaries.map((one) => (one.rank === 3 ? { ...one, birthDate } : one));
  return { organism, beneficiaries: changed };
}

test('nobody sees what is about an adult, of somebody else, or not there: one answer for all', async (t) => {
  const site = await testApp(t);
  await addSender(site);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  await openAccountOf(site, stranger, 'autre@exemple.fr');
  await depositRights(site, ange, withOctave('2009-01-31'));
  const ofAdult = await depositDocument(site, ange, { reference: 'D-3', title: 'Soins d’Octave', rank: 3 });
  // It was wrong: without a number of his own, he is taken for another person from then on.
  await depositRights(site, ange, withOctave('2006-01-31'), 'R-2');
  const ofChild = await depositDocument(site, ange, { reference: 'D-2', title: 'Vaccins de Lise', rank: 2 });
  const others = await depositDocument(site, stranger, { reference: 'D-4', title: 'D’un autre' });
  const visitor = await signedInVisitor(site, ange);
  const { html } = await visitor.get(paths.accountDocuments);
  assert.match(html, /Vaccins de Lise/);
  assert.match(html, /Pour Lise/);
  assert.doesNotMatch(html, /Octave|autre</);
  assert.equal((await visitor.get(withId(paths.accountDocument, ofChild))).status, 200);

  const answers = new Set<string>();
  for (const id of [ofAdult, others, '00000000-0000-4000-8000-000000000000']) {
    const address = withId(paths.accountDocument, id);
    const seen = await visitor.get(address);
    assert.equal(seen.status, 404, id);
    // What the page says of its own address is all that differs.
    answers.add(seen.html.replaceAll(address, ':address').replaceAll(/value="[^"]{60,}"/g, ''));
    await visitor.get(withId(paths.accountDocument, ofChild));
    assert.equal((await visitor.post(address)).status, 404, id);
  }
  assert.equal(answers.size, 1);
  for (const id of ["1' or '1'='1", 'x'.repeat(150), '%00', '../documents'])
    assert.equal((await visitor.get(withId(paths.accountDocument, id))).status, 404, id);
  assert.deepEqual(await opened(site), []);

  // The day on which a child comes of age, without anything else that changes.
  site.clock.advance(Date.parse('2033-05-05T00:00:00+02:00') - site.clock.now().getTime() - 1_000);
  const before = await signedInVisitor(site, ange);
  assert.equal((await before.get(withId(paths.accountDocument, ofChild))).status, 200);
  site.clock.advance(1_000);
  assert.equal((await before.get(withId(paths.accountDocument, ofChild))).status, 404);
});

test('the end of the session ends what may be opened', async (t) => {
  const site = await testApp(t);
  await addSender(site);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  const id = await depositDocument(site, ange, { reference: 'D-5', title: 'Courrier' });
  const visitor = await signedInVisitor(site, ange);
  const address = withId(paths.accountDocument, id);
  await visitor.get(address);
  await site.services.db.deleteFrom('session').execute();
  assert.equal((await visitor.post(address)).location, paths.signIn);
  assert.equal((await new Visitor(site.app).get(address)).location, paths.signIn);
  assert.deepEqual(await opened(site), []);
});

test('a document that breaks off, or whose opening cannot be recorded, is not opened', async (t) => {
  const site = await testApp(t);
  await addSender(site);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  const file = randomBytes(500_000);
  const id = await depositDocument(site, ange, { reference: 'D-6', title: 'Courrier', file });
  const visitor = await signedInVisitor(site, ange);
  const address = withId(paths.accountDocument, id);
  await visitor.get(address);
  await site.asOwner((db) =>
    db
      .updateTable('document_part')
      .set({ content: Buffer.from('x') })
      .where('place', '=', 1)
      .execute(),
  );
  await visitor.post(address).catch(() => 'the connection ended');
  assert.deepEqual(await opened(site), []);
  assert.match((await visitor.get(address)).html, /Pas encore lu/);
});

test('45 documents are read twenty a page, in as many statements as one', async (t) => {
  const site = await testApp(t);
  await addSender(site);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  for (let number = 1; number <= 45; number += 1) {
    site.clock.advance(1_000);
    await depositDocument(site, ange, { reference: `D-${number}`, title: `Courrier n° ${number}` });
  }
  const counted = new Counted(site);
  await counted.answer(paths.signIn, { nir: ange.line.nir, motDePasse: goodPassword });
  counted.costs.splice(0);
  const first = await counted.get(paths.accountDocuments);
  assert.match(first.html, /Courrier n° 45<[\s\S]*Courrier n° 26</);
  assert.doesNotMatch(first.html, /Courrier n° 25</);
  assert.match(first.html, /Page 1 sur 3/);
  const last = await counted.get(`${paths.accountDocuments}?page=3`);
  assert.match(last.html, /Courrier n° 5<[\s\S]*Courrier n° 1</);
  for (const page of ['0', '-1', '99', 'x', '1e9', '%00'])
    assert.equal((await counted.get(`${paths.accountDocuments}?page=${page}`)).status, 200, page);
  // The session; the documents, the rights, the names of senders, the papers made.
  assert.deepEqual([...new Set(counted.costs.map(([, statements]) => statements))], [5]);
});
