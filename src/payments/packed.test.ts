import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventPayments } from '#src/fictitious/deposits/invent.ts';
import { people } from '#src/fictitious/people.ts';
import { packPayment, packSummary, unpackPayment, unpackSummary } from '#src/payments/packed.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import { sharesOf } from '#src/reimbursement/shares.ts';

const allowance: Payment = {
  kind: 'daily-allowance',
  paidOn: '2026-11-02',
  amount: 41_300,
  thirdParty: 'Menuiserie Pontet',
  lines: [
    {
      kind: 'benefit',
      label: 'Indemnités journalières',
      rank: 1,
      from: '2026-10-01',
      until: '2026-10-14',
      daily: 2950,
      reimbursed: 41_300,
    },
    {
      kind: 'benefit',
      label: 'Pension',
      rank: 2,
      from: '2026-10-01',
      until: '2026-10-31',
      daily: null,
      reimbursed: 0,
    },
  ],
  deductions: [],
};

function invented(): readonly Payment[] {
  const period = { from: '2024-09-01', until: '2026-11-21' };
  return people
    .slice(0, 20)
    .flatMap(({ cle, line }) => inventPayments({ cle, line, seed: 1 }, period))
    .flatMap((item) => (item.kind === 'payment' ? [item.payment] : []));
}

test('a payment comes back as it was, from half of the bytes', () => {
  const payments = [allowance, ...invented()];
  assert.ok(payments.some(({ deductions }) => deductions.length > 0));
  let [plain, packed] = [0, 0];
  for (const payment of payments) {
    const shares = sharesOf(payment).map(({ rank, ...share }) => ({ member: rank * 7, ...share }));
    const members = new Map(shares.map(({ member }) => [member / 7, member]));
    const stored = JSON.stringify(packPayment({ payment, members }));
    assert.deepEqual(unpackPayment(JSON.parse(stored)), { payment, members });
    const summary = { kind: payment.kind, thirdParty: payment.thirdParty, shares };
    const storedSummary = JSON.stringify(packSummary(summary));
    assert.deepEqual(unpackSummary(JSON.parse(storedSummary)), summary);
    plain += JSON.stringify(payment).length + JSON.stringify(summary).length;
    packed += stored.length + storedSummary.length;
  }
  assert.ok(packed < plain * 0.55, `${packed} of ${plain} bytes`);
});

test('what is no payment is refused', () => {
  assert.throws(() => unpackPayment(['care', '2026-11-02', 1, null, [['other']], [], []]));
  assert.throws(() => unpackSummary({ kind: 'care' }));
});
