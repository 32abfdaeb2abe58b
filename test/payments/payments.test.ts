import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestOptions, testApp } from '../setting/application.ts';
import type { Closing } from '../setting/database.ts';
import { Visitor } from '../visitor.ts';
import {
  consultationLine,
  depositPayments,
  depositRights,
  family,
  familyPayments,
  participation,
  payment,
  usualPayment,
} from './deposited.ts';

const ange = personNamed('venturi');
const stranger = personNamed('isere');

/** Somebody signed in, insured with a child and a spouse, and the ids of their payments. */
async function familyOf(t: Closing, options: TestOptions = {}) {
  const site = await testApp(t, undefined, options);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, ange);
  await depositRights(site, ange, family);
  const ids = await depositPayments(site, ange, familyPayments());
  return { site, visitor, ids };
}

const detail = (id: string) => paths.accountPayment.replace(':paiement', id);

/** The text of a page, one line an element, without no-break spaces. */
function linesOf(html: string): string[] {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  return main
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The payments that a list shows, newest first: what their links say. */
function listed(html: string): string[] {
  return [...html.matchAll(/href="\/mon-compte\/paiements\/[\w-]{36}">([^<]*)</g)].map(([, text = '']) =>
    text.replaceAll('\u00a0', ' '),
  );
}

test('payments are listed by month, newest first, each with the part that may be seen', async (t) => {
  const { visitor } = await familyOf(t);
  const { html } = await visitor.get(paths.accountPayments);
  assert.deepEqual(listed(html), [
    '27 février 2026 : remboursement de soins',
    '20 février 2026 : remboursement de soins',
    '12 février 2026 : paiement à un tiers',
    '3 février 2026 : indemnités journalières',
    '20 janvier 2026 : remboursement de soins',
    '24 décembre 2025 : remboursement de soins',
    '14 mars 2025 : remboursement de soins',
    '5 janvier 2024 : remboursement de soins',
  ]);
  const lines = linesOf(html);
  const months = lines.filter((line) => /^[A-ZÉ]\S+ \d{4} : /.test(line));
  assert.deepEqual(months, [
    'Février 2026 : 622,66 €',
    'Janvier 2026 : 39,00 €',
    'Décembre 2025 : 19,00 €',
    'Mars 2025 : 19,00 €',
    'Janvier 2024 : 19,00 €',
  ]);
  assert.match(html.replaceAll('\u00a0', ' '), /Participations forfaitaires : 4 € sur 50 €\./);
  assert.match(html.replaceAll('\u00a0', ' '), /Franchises : 1 € sur 50 €\./);
  assert.doesNotMatch(html, /Dominique/);
});

const filters: readonly (readonly [query: string, shown: number])[] = [
  ['du=2026-02-12&au=2026-02-20', 2],
  ['du=12/02/2026&au=20.02.2026', 2],
  ['au=2026-02-12', 6],
  ['nature=soins', 6],
  ['nature=soins&nature=ij', 7],
  ['nature=inconnu', 8],
  ['beneficiaire=2', 3],
  ['beneficiaire=tous', 8],
  // An adult’s rank chooses nothing, as one of nobody.
  ['beneficiaire=3', 8],
  ['beneficiaire=19', 8],
  [`beneficiaire=${'9'.repeat(5_000)}&nature=${'x'.repeat(5_000)}`, 8],
  ['nature=rentes', 0],
  ['page=999', 8],
  ['page=-1', 8],
];

test('filters: dates, beneficiary and kinds, whatever is typed', async (t) => {
  const { visitor } = await familyOf(t);
  for (const [query, shown] of filters) {
    const seen = await visitor.get(`${paths.accountPayments}?${query}`);
    assert.deepEqual([seen.status, listed(seen.html).length], [200, shown], query.slice(0, 60));
  }
  const chosen = await visitor.get(`${paths.accountPayments}?du=12/02/2026&nature=soins&nature=tiers&x=y`);
  const kept = 'du=2026-02-12&amp;nature=soins&amp;nature=tiers';
  for (const change of ['lang=en', 'contraste=oui'])
    assert.ok(chosen.html.includes(`href="${paths.accountPayments}?${kept}&amp;${change}"`), change);
  assert.ok(chosen.html.includes(`href="${paths.accountPaymentsCsv}?${kept}"`));
  const none = await visitor.get(`${paths.accountPayments}?nature=rentes`);
  assert.match(none.html, /Aucun paiement ne correspond/);
  const wrong: readonly (readonly [query: string, field: string, text: RegExp])[] = [
    ['du=hier', 'du', /«.Du.»[^<]*écrivez une date qui existe/],
    ['au=2026-02-30', 'au', /«.Au.»[^<]*écrivez une date qui existe/],
    [`du=${'1'.repeat(10_000)}`, 'du', /écrivez une date qui existe/],
    ['du=2023-12-31', 'du', /choisissez une date à partir du 1er.janvier.2024/],
    ['au=1999-01-01', 'au', /choisissez une date à partir du/],
    ['du=2027-01-01', 'du', /pas dans l’avenir/],
    ['du=2026-02-20&au=2026-02-12', 'au', /vient après son début/],
  ];
  for (const [query, field, text] of wrong) {
    const seen = await visitor.get(`${paths.accountPayments}?${query}`);
    const what = query.slice(0, 40);
    assert.equal(seen.status, 422, what);
    assert.match(seen.html, text, what);
    assert.match(seen.html, new RegExp(`id="${field}-error"`), what);
    assert.deepEqual(listed(seen.html), [], what);
    const file = await visitor.get(`${paths.accountPaymentsCsv}?${query}`);
    assert.equal(file.status, 303, what);
  }
});

test('one payment: figures, words, and nothing of an adult', async (t) => {
  const { visitor, ids } = await familyOf(t);
  const { html } = await visitor.get(detail(ids[5] ?? ''));
  const lines = linesOf(html);
  assert.ok(lines.includes('Paiement effectué le 20/01/2026 pour un montant de 39 €'), lines.join('\n'));
  for (const said of [
    'Vous avez payé 50 €. La base est 30 €, votre taux 70 % : cela fait 21 €. Retenue : 2 €. Versé : 19 €. Le prix dépasse la base de 20 € : l’Assurance Maladie ne rembourse pas ce dépassement.',
    'Retenue de 1 €, pour un soin d’un autre paiement.',
    'Vous avez payé 30 €. La base est 30 €, votre taux 70 % : cela fait 21 €. Versé : 21 €.',
    'En tout : 40 €, moins 1 € pour des soins d’autres paiements. Versé : 39 €.',
    'Participation forfaitaire : 2 € par consultation, 50 € au plus par an et par personne. Rien avant 18 ans.',
  ])
    assert.ok(lines.includes(said), said);
  assert.match(html, /concerne une personne majeure/);
  // Neither the adult nor the 58 € of all.
  assert.doesNotMatch(lines.join('\n'), /Dominique|58/);
});

test('what is not one’s own to see is nowhere, like what does not exist', async (t) => {
  const { site, visitor, ids } = await familyOf(t);
  const [theirs = ''] = await depositPayments(site, stranger, [usualPayment('2026-02-27')]);
  const unknown = await visitor.get(detail('00000000-0000-4000-8000-000000000000'));
  assert.equal(unknown.status, 404);
  const others = {
    'another person’s': detail(theirs),
    'an adult’s alone': detail(ids[4] ?? ''),
    'too old': detail(ids[9] ?? ''),
    'no id': detail("1' or true--"),
    'a long one': detail('a'.repeat(190)),
  };
  const alike = (html: string, url: string) =>
    html.replaceAll(url.replaceAll('&', '&amp;'), '').replaceAll(/name="_csrf" value="[^"]*"/g, '');
  for (const [what, url] of Object.entries(others)) {
    const seen = await visitor.get(url);
    assert.equal(seen.status, 404, what);
    assert.equal(seen.title, unknown.title, what);
    if (/^[\w/-]+$/.test(url)) assert.equal(alike(seen.html, url), alike(unknown.html, unknown.url), what);
  }
  const nobody = await new Visitor(site.app).get(detail(ids[0] ?? ''));
  assert.equal(nobody.location, paths.signIn);
});

test('while nobody has said who is insured together, only the insured themselves are shown', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  const ids = await depositPayments(site, ange, familyPayments());
  const visitor = await signedInVisitor(site, ange);
  const { html } = await visitor.get(paths.accountPayments);
  assert.equal(listed(html).length, 7);
  assert.match(html.replaceAll('\u00a0', ' '), /Janvier 2026 : 18,00 €/);
  const mixed = await visitor.get(detail(ids[5] ?? ''));
  assert.match(mixed.html, /ne nous a pas encore dit qui est assuré avec vous/);
});

test('a child who comes of age is no longer shown from that day on', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  await depositRights(site, ange, [{ given: 'Noé', birthDate: '2008-03-03' }]);
  const [id = ''] = await depositPayments(site, ange, [
    payment('2026-02-20', [consultationLine('2026-02-18', { rank: 2 })]),
  ]);
  const visitor = await signedInVisitor(site, ange);
  assert.equal((await visitor.get(detail(id))).status, 200);
  site.clock.advance(86_400_000);
  const later = await signedInVisitor(site, ange);
  assert.equal((await later.get(detail(id))).status, 404);
  assert.match((await later.get(paths.accountPayments)).html, /pas encore de paiement/);
});

for (const preset of ['polymatheia-2020', 'solidarite-numerique-2021'])
  test(`${preset}: the 5 latest statements, and nothing older whatever is asked for`, async (t) => {
    const { site, visitor, ids } = await familyOf(t, {
      policy: { ...loadPolicy('ameli-2025'), account: loadPolicy(preset).account },
    });
    await depositPayments(site, ange, [usualPayment('2025-08-01'), usualPayment('2025-09-01')]);
    const { html } = await visitor.get(paths.accountPayments);
    assert.match(html, /Les 5 derniers relevés de prestations sont disponibles\./);
    assert.deepEqual(listed(html).at(-1), '1er août 2025 : remboursement de soins');
    assert.equal((await visitor.get(detail(ids[0] ?? ''))).status, 200);
    assert.equal((await visitor.get(detail(ids[7] ?? ''))).status, 404);
    assert.equal((await visitor.get(`${paths.accountPayments}?du=2025-03-01`)).status, 422);
    for (const path of ['/mon-compte/releves/2025-03.pdf', '/mon-compte/releve-fiscal/2025.pdf'])
      assert.equal((await visitor.get(path)).status, 404, path);
    assert.doesNotMatch((await visitor.get(paths.accountPaymentsCsv)).html, /14\/03\/2025/);
  });

test('a thousand payments of a month come twenty at a time, with their month’s total', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  await depositPayments(
    site,
    ange,
    Array.from({ length: 1_000 }, () => usualPayment('2026-02-11')),
  );
  const visitor = await signedInVisitor(site, ange);
  const pages = [];
  for (const page of [1, 2, 50, 51]) {
    const seen = await visitor.get(`${paths.accountPayments}?page=${page}&nature=soins`);
    pages.push(seen);
    assert.equal(listed(seen.html).length, 20);
  }
  const texts = pages.map(({ html }) => html.replaceAll('\u00a0', ' '));
  assert.match(texts[0] ?? '', /Février 2026 : 19 000,00 €/);
  assert.match(texts[0] ?? '', /href="\/mon-compte\/paiements\?nature=soins&amp;page=2"/);
  assert.match(texts[1] ?? '', /Février 2026, suite/);
  assert.match(texts[1] ?? '', /\?nature=soins&amp;page=2&amp;lang=en"/, 'another language, the same page');
  assert.match(texts[2] ?? '', /Paiements 981 à 1000 sur 1000/);
  assert.equal(pages[3]?.html.includes('981'), true, 'the last page there is');
});

test('the file for a spreadsheet: what the list shows, and no formula', async (t) => {
  const { site, visitor } = await familyOf(t);
  await depositPayments(site, ange, [
    payment(
      '2026-02-28',
      [consultationLine('2026-02-27', { label: '=HYPERLINK("http://x";"y")' })],
      [participation('2026-02-27')],
      { kind: 'third-party', thirdParty: '@SUM(A1) ; "Dr" Moreau' },
    ),
  ]);
  const file = await visitor.get(`${paths.accountPaymentsCsv}?du=2026-02-27&nature=tiers&nature=soins`);
  assert.equal(file.headers['content-type'], 'text/csv; charset=utf-8');
  assert.equal(file.headers['content-disposition'], 'attachment; filename="paiements.csv"');
  assert.equal(file.headers['cache-control'], 'no-store');
  const name = `${ange.line.givenNames[0]} ${ange.line.usageName ?? ange.line.birthName}`;
  const to = `"'@SUM(A1) ; ""Dr"" Moreau"`;
  assert.deepEqual(file.html.split('\r\n'), [
    '\ufeffDate du paiement;Nature du paiement;Versé à;Bénéficiaire;Prestation;Date des soins ou début;Fin;Montant payé;Base de remboursement;Taux (%);Montant',
    `28/02/2026;paiement à un tiers;${to};${name};"'=HYPERLINK(""http://x"";""y"")";27/02/2026;;30,00;30,00;70;21,00`,
    `28/02/2026;paiement à un tiers;${to};${name};Participation forfaitaire;27/02/2026;;;;;-2,00`,
    `27/02/2026;remboursement de soins;Vous;${name};Consultation;27/02/2026;;30,00;30,00;70;21,00`,
    `27/02/2026;remboursement de soins;Vous;${name};Participation forfaitaire;27/02/2026;;;;;-2,00`,
    '',
  ]);
  const child = await visitor.get(`${paths.accountPaymentsCsv}?beneficiaire=2`);
  assert.equal(child.html.match(/Lise/g)?.length, 3);
  assert.doesNotMatch(child.html, new RegExp(name));
  const everything = await visitor.get(paths.accountPaymentsCsv);
  assert.doesNotMatch(everything.html, /Dominique|16\/01\/2026|28\/01\/2026/);
});
