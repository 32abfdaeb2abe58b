import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { faultsIn, readPdf } from '../documents/other-readers.ts';
import { readStructure } from '../documents/read-structure.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, type TestOptions, testApp } from '../setting/application.ts';
import type { Closing } from '../setting/database.ts';
import { heldPress } from '../setting/held-press.ts';
import type { Visitor } from '../visitor.ts';
import { allowance, depositPayments, depositRights, family, familyPayments, payment } from './deposited.ts';

const ange = personNamed('venturi');
const name = `${ange.line.givenNames[0]} ${ange.line.usageName ?? ange.line.birthName}`;

async function familyOf(t: Closing, options: TestOptions = {}): Promise<TestApp> {
  const site = await testApp(t, undefined, options);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  await depositRights(site, ange, family);
  await depositPayments(site, ange, familyPayments());
  return site;
}

/** A file, with the session of a visitor. */
async function fileOf({ app }: TestApp, visitor: Visitor, url: string, language = 'fr') {
  const cookie = [...visitor.cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  const headers = { host: 'localhost', cookie, 'accept-language': language };
  return app.inject({ method: 'GET', url, headers });
}

/** What a screen reader is given, below the sender and the date. */
function readAloud(pdf: Buffer): string[] {
  const lines = readStructure(pdf).map((line) => line.trim().replaceAll('\u00a0', ' '));
  return lines.slice(lines.findIndex((line) => line.startsWith('H1')));
}

test('the statement of a month: tagged, in its order, and its lines add up', async (t) => {
  const site = await familyOf(t);
  const visitor = await signedInVisitor(site, ange);
  const file = await fileOf(site, visitor, '/mon-compte/releves/2026-01.pdf');
  assert.equal(file.statusCode, 200);
  assert.equal(file.headers['content-type'], 'application/pdf');
  assert.equal(file.headers['content-disposition'], 'attachment; filename="releve-2026-01.pdf"');
  assert.equal(file.headers['cache-control'], 'no-store');
  const pdf = file.rawPayload;
  assert.deepEqual(faultsIn(pdf), []);
  const read = await readPdf(pdf);
  assert.deepEqual([read.tagged, read.hasScripts], [true, false]);
  assert.match(pdf.toString('latin1'), /\/Lang \(fr-FR\)/);
  const lines = readAloud(pdf).filter((line) => !/^(TR|Table)$/.test(line));
  assert.deepEqual(lines, [
    'H1: Relevé mensuel : janvier 2026',
    'Caption: Ce relevé',
    'TH (Row): Assuré',
    `TD: ${name}`,
    'TH (Row): Période',
    'TD: janvier 2026',
    'TH (Row): Total versé',
    'TD: 39,00 €',
    'Caption: Paiements du mois',
    'TH (Column): Payé le',
    'TH (Column): Prestation',
    'TH (Column): Montant payé',
    'TH (Column): Base',
    'TH (Column): Taux',
    'TH (Column): Montant versé',
    'TD: 20/01/2026',
    `TD: Consultation, le 15/01/2026Pour ${name}`,
    'TD: 50,00 €',
    'TD: 30,00 €',
    'TD: 70 %',
    'TD: 19,00 €',
    'TD: 20/01/2026',
    `TD: Consultation, le 15/01/2026Pour Lise ${ange.line.birthName}`,
    'TD: 30,00 €',
    'TD: 30,00 €',
    'TD: 70 %',
    'TD: 21,00 €',
    'TD: 20/01/2026',
    `TD: Retenue : Franchise, le 02/12/2025Pour ${name}`,
    'TD',
    'TD',
    'TD',
    'TD: −1,00 €',
    'Caption: Participations forfaitaires et franchises',
    'TH (Column): Nature et date de l’acte',
    'TH (Column): Montant',
    'TD: Participation forfaitaire, le 15/01/2026',
    'TD: 2,00 €',
    'TD: Franchise, le 02/12/2025',
    'TD: 1,00 €',
    'P: Ces sommes sont déjà retirées du total versé.',
    'Caption: Total par bénéficiaire',
    `TH (Row): ${name}`,
    'TD: 18,00 €',
    `TH (Row): Lise ${ange.line.birthName}`,
    'TD: 21,00 €',
    'P: Ce qui concerne une autre personne majeure n’est pas dans ce relevé : le secret médical la protège.',
    'P: Fait le 2 mars 2026, à partir de ce que votre caisse a transmis à ce service.',
  ]);
  assert.doesNotMatch(read.text, /Dominique/);
});

test('in English, what the caisse wrote is marked as French, and nothing else', async (t) => {
  const site = await familyOf(t);
  const visitor = await signedInVisitor(site, ange);
  const file = await fileOf(site, visitor, '/mon-compte/releves/2026-01.pdf', 'en');
  assert.deepEqual(faultsIn(file.rawPayload), []);
  const french = readAloud(file.rawPayload).filter((line) => line.startsWith('Span'));
  assert.ok(french.length > 3, french.join('\n'));
  for (const line of french) assert.match(line, /^Span \(fr-FR\): [^,]+$/);
  assert.deepEqual(
    french.filter((line) => /For |Paid to|on \d/.test(line)),
    [],
  );
});

test('the tax statement: what was received, not what an employer was paid', async (t) => {
  const site = await familyOf(t);
  const employer = { kind: 'daily-allowance', thirdParty: 'Scierie Moreau' } as const;
  await depositPayments(site, ange, [
    payment('2025-06-10', [allowance('2025-06-01', '2025-06-07', 28_840)], [], { kind: 'daily-allowance' }),
    payment('2025-07-10', [allowance('2025-07-01', '2025-07-07', 28_840)], [], employer),
  ]);
  const visitor = await signedInVisitor(site, ange);
  const file = await fileOf(site, visitor, '/mon-compte/releve-fiscal/2025.pdf', 'en');
  const pdf = file.rawPayload;
  assert.equal(file.headers['content-disposition'], 'attachment; filename="releve-fiscal-2025.pdf"');
  assert.deepEqual(faultsIn(pdf), []);
  assert.match(pdf.toString('latin1'), /\/Lang \(en-GB\)/);
  const lines = readAloud(pdf);
  assert.equal(lines[0], 'H1: Tax statement 2025');
  const cells = lines.filter((line) => /^(TD|Caption)/.test(line)).join('\n');
  assert.match(cells, /from 01\/01\/2025 to 31\/12\/2025/);
  assert.match(
    cells,
    /Caption: Allowances and pensions that you received\nTD: .*\nTD: Daily allowances\nTD: €288.40/,
  );
  assert.match(cells, /Caption: Paid to somebody else for you.*\nTD: .*\nTD: Daily allowances\nTD: €288.40/);
  assert.match(cells, /Caption: Reimbursements of care\nTD: .*\nTD: Reimbursements of care\nTD: €38.00/);
  assert.match(cells, /Flat-rate contributions\nTD: €4 of €50/);
});

const nowhere = [
  '/mon-compte/releves/2026-03.pdf',
  '/mon-compte/releves/2023-11.pdf',
  '/mon-compte/releves/2026-13.pdf',
  '/mon-compte/releves/2026-1.pdf',
  '/mon-compte/releves/..%2f..%2fetc.pdf',
  '/mon-compte/releve-fiscal/2023.pdf',
  '/mon-compte/releve-fiscal/2027.pdf',
  '/mon-compte/releve-fiscal/0000.pdf',
];

test('there is no statement of a month without payments, before the window, or that does not exist', async (t) => {
  const site = await familyOf(t);
  const visitor = await signedInVisitor(site, ange);
  for (const url of nowhere) assert.equal((await visitor.get(url)).status, 404, url);
});

test('too many statements at once wait no longer than the queue, and count as more than pages', async (t) => {
  const site = await familyOf(t, { pdf: heldPress(t, 6) });
  const visitor = await signedInVisitor(site, ange);
  const url = '/mon-compte/releves/2026-02.pdf';
  const answers = await Promise.all(Array.from({ length: 6 }, () => visitor.twin().get(url)));
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, 200, 503, 503, 503, 503]);
  const [, , , , , refused] = answers.toSorted((a, b) => a.status - b.status);
  assert.ok(refused?.headers['retry-after']);
  const { max } = site.services.policy.limits.requestsPerAddress;
  const flooding = visitor.twin({ 'x-forwarded-for': '203.0.113.9' });
  let asked = 0;
  // The month does not exist: nothing is written for it.
  while (asked <= max && (await flooding.get('/mon-compte/releves/2026-13.pdf')).status === 404) asked += 1;
  assert.equal(asked, max / 5);
  assert.equal((await flooding.get(paths.accountPayments)).status, 429);
});

test('a statement of three hundred payments is written', async (t) => {
  const site = await familyOf(t);
  const lines = familyPayments().slice(0, 1);
  await depositPayments(site, ange, Array.from({ length: 300 }, () => lines).flat());
  const visitor = await signedInVisitor(site, ange);
  const began = performance.now();
  const file = await fileOf(site, visitor, '/mon-compte/releves/2026-02.pdf');
  t.diagnostic(`${Math.round(performance.now() - began)} ms, ${file.rawPayload.length} bytes`);
  assert.equal(file.statusCode, 200);
  const { pages } = await readPdf(file.rawPayload);
  const rows = pages.flatMap(({ structure }) => structure.filter((line) => line === 'TD: 27/02/2026'));
  assert.equal(rows.length, 301);
});
