import assert from 'node:assert/strict';
import { test } from 'node:test';
import { purgeAttestations } from '#src/attestations/purge.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import type { Beneficiary } from '#src/rights/rights.ts';
import { faultsIn, readPdf } from '../documents/other-readers.ts';
import { readStructure } from '../documents/read-structure.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { heldPress } from '../setting/held-press.ts';
import { Visitor } from '../visitor.ts';
import { addSender, codeOn, depositRights, familyOf, postForFile } from './setting.ts';

const ange = personNamed('venturi');
const ill: Partial<Beneficiary> = {
  exonerations: [{ label: 'Affection de longue durée', from: '2024-05-01', until: null }],
  solidarity: { from: '2026-01-01', until: '2026-12-31' },
};

async function withRights(site: TestApp): Promise<Visitor> {
  await addSender(site);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  await depositRights(site, ange, familyOf(ange, ill));
  return signedInVisitor(site, ange);
}

async function attestation(site: TestApp, visitor: Visitor, fields: Record<string, string>) {
  await visitor.get(paths.accountAttestation);
  const answer = await postForFile(site, visitor, paths.accountAttestation, fields);
  assert.equal(answer.type, 'application/pdf', answer.file.toString().slice(0, 500));
  const { text } = await readPdf(answer.file);
  return { pdf: answer.file, text: text.replaceAll(/\s/g, ' ') };
}

async function checked(site: TestApp, code: string): Promise<string> {
  const seen = await new Visitor(site.app).get(withToken(paths.checkCode, code));
  return seen.title.replaceAll('\u00a0', ' ').replace(/ -.*/, '');
}

test('an attestation is made, checked, replaced, and forgotten after its end', async (t) => {
  const site = await testApp(t);
  const visitor = await withRights(site);
  const { pdf, text } = await attestation(site, visitor, { beneficiaire: '1', sante: 'non' });
  assert.match(text, /01 631 0000/);
  assert.match(text, /Médecin traitant/);
  assert.match(text, /Rang/);
  assert.doesNotMatch(text, /[Ss]anté|[Ee]xonération|longue durée|solidaire|ticket/);
  assert.doesNotMatch(pdf.toString('latin1'), /longue dur/);
  assert.deepEqual(faultsIn(pdf), []);
  const lines = readStructure(pdf).map((line) => line.replaceAll('\u00a0', ' '));
  assert.deepEqual(lines.slice(0, 2), ['Document', '  Sect (fr-FR)']);
  const order = ['H1: Attestation', 'Caption: Assuré', 'Caption: Droits', 'H2: Vérifier'].map((start) =>
    lines.findIndex((line) => line.trim().startsWith(start)),
  );
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
    lines.join('\n'),
  );
  assert.ok(!order.includes(-1));

  const code = codeOn(text);
  assert.match(text, new RegExp(`compte.exemple.fr/verifier/${code.replaceAll(' ', '')}`));
  const seen = await new Visitor(site.app).get(withToken(paths.checkCode, code));
  assert.match(seen.html, /A\.\u00a0V\./);
  assert.match(seen.html, /2\u00a0mars\u00a02026/);
  assert.doesNotMatch(seen.html, /Venturi|Ange/i);
  assert.match(await checked(site, code), /est valable/);

  const second = await attestation(site, visitor, { beneficiaire: '1', sante: 'oui' });
  assert.match(second.text, /Affection de longue durée/);
  assert.match(second.text, /1er janvier 2026 au 31 décembre 2026/);
  assert.match(await checked(site, code), /est remplacée/);
  assert.match(await checked(site, codeOn(second.text)), /est valable/);
  // A child’s is another one.
  const ofChild = await attestation(site, visitor, { beneficiaire: '2', sante: 'oui' });
  assert.match(ofChild.text, /Lise/);
  assert.match(await checked(site, codeOn(second.text)), /est valable/);
  assert.match((await visitor.get(paths.accountDocuments)).html, /Attestation de droits pour Lise/);

  site.clock.advance(366 * 86_400_000);
  assert.match(await checked(site, codeOn(second.text)), /inconnu/);
  assert.equal(await purgeAttestations(site.services.db, site.clock.now()), 3);
  const codes = await site.services.db.selectFrom('attestation_code').selectAll().execute();
  assert.deepEqual(codes, []);
  const events = await site.services.db
    .selectFrom('audit_event')
    .select('details')
    .where('kind', '=', 'attestation-issued')
    .execute();
  assert.deepEqual(
    events.map(({ details }) => [Object(details).rank, Object(details).health]),
    [
      [1, false],
      [1, true],
      [2, true],
    ],
  );
});

test('an attestation about an adult, about nobody, without a session or too often is not made', async (t) => {
  const site = await testApp(t);
  const visitor = await withRights(site);
  const form = await visitor.get(paths.accountAttestation);
  assert.doesNotMatch(form.html, /Octave/);
  for (const beneficiaire of ['3', '4', '', '01', '1 ', '-1', 'x'.repeat(2_000)]) {
    if (beneficiaire === '1 ') continue;
    await visitor.get(paths.accountAttestation);
    const { status, type } = await postForFile(site, visitor, paths.accountAttestation, { beneficiaire });
    assert.deepEqual([status, type], [422, 'text/html; charset=utf-8'], beneficiaire);
  }
  for (let made = 0; made < 20; made += 1)
    await attestation(site, visitor, { beneficiaire: '1', sante: 'non' });
  await visitor.get(paths.accountAttestation);
  assert.equal(
    (await postForFile(site, visitor, paths.accountAttestation, { beneficiaire: '1' })).status,
    429,
  );
  await site.services.db.deleteFrom('session').execute();
  const late = await postForFile(site, visitor, paths.accountAttestation, { beneficiaire: '1' });
  assert.equal(late.location, paths.signIn);
  const rows = await site.services.db.selectFrom('attestation').select('replaced_at').execute();
  assert.deepEqual([rows.length, rows.filter((row) => row.replaced_at === null).length], [20, 1]);
});

test('forms sent at once leave one attestation that is valid', async (t) => {
  const site = await testApp(t, undefined, { pdf: heldPress(t, 3) });
  const visitor = await withRights(site);
  await visitor.get(paths.accountAttestation);
  const send = () => postForFile(site, visitor, paths.accountAttestation, { beneficiaire: '1' });
  const answers = await Promise.all([send(), send(), send()]);
  // A third one has to wait for the two that are being written.
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 503]);
  const codes = await Promise.all(
    answers
      .filter(({ status }) => status === 200)
      .map(async ({ file }) => codeOn((await readPdf(file)).text.replaceAll('\u00a0', ' '))),
  );
  const states = await Promise.all(codes.map((code) => checked(site, code)));
  assert.deepEqual(states.map((state) => /valable/.test(state)).sort(), [false, true]);
});

test('without rights, or after their end, the page says what to do', async (t) => {
  const site = await testApp(t);
  await addSender(site);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, ange);
  assert.match((await visitor.get(paths.accountAttestation)).html, /Téléphonez à votre caisse/);
  await depositRights(site, ange, familyOf(ange, { until: '2026-03-01' }));
  const ended = await visitor.get(paths.accountAttestation);
  assert.doesNotMatch(ended.html, /<form[^>]*attestation/);
});
