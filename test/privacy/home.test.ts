import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paymentAddress } from '#src/account/payments/addresses.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { depositDocument, hideDocuments } from '../papers/setting.ts';
import { depositPayments, usualPayment } from '../payments/deposited.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';

const ange = personNamed('venturi');
const hiddenRank = 4;

test('however much is hidden, the first page shows the person’s own, and counts nothing else', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  const [own = ''] = await depositPayments(site, ange, [usualPayment('2026-01-05')]);
  await depositDocument(site, ange, { reference: 'D-1', title: 'Le sien', matters: true });
  await depositDocument(site, ange, { reference: 'D-2', title: 'L’autre' });
  site.clock.advance(1_000);
  const lines = usualPayment('2026-02-05').lines.map((line) => ({ ...line, rank: hiddenRank }));
  const hidden = usualPayment('2026-02-05', { lines, deductions: [], amount: 2_100 });
  await depositPayments(
    site,
    ange,
    Array.from({ length: 60 }, () => hidden),
  );
  await hideDocuments(site, ange, 110);
  const visitor = await signedInVisitor(site, ange);
  const { html } = await visitor.get(paths.account);
  assert.ok(html.includes(paymentAddress(own)));
  assert.match(html, /Lisez ce document important\u00a0: <a[^>]*>Le sien</);
  assert.match(html, />2 documents non lus</);
  assert.doesNotMatch(html, /Caché|21,00/);
});
