import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CareLine, Deduction, Payment } from '#src/reimbursement/payment.ts';
import { sharesOf, shownPart } from '#src/reimbursement/shares.ts';
import { capsUsed, sumsByKind } from '#src/reimbursement/totals.ts';
import { firstStatementDay, paymentWindow, wholeYears } from '#src/reimbursement/window.ts';

const line = (rank: number, reimbursed: number): CareLine => ({
  kind: 'care',
  act: 'consultation',
  label: 'Consultation',
  rank,
  caredOn: '2025-12-30',
  paid: reimbursed,
  base: reimbursed,
  rate: 100,
  reimbursed,
  sentOn: false,
});
const kept = (rank: number, kind: Deduction['kind'], amount: number): Deduction => ({
  kind,
  act: 'consultation',
  label: kind,
  rank,
  actOn: '2025-12-30',
  amount,
});
const payment = (paidOn: string, given: Partial<Payment>): Payment => ({
  kind: 'care',
  paidOn,
  amount: 0,
  thirdParty: null,
  lines: [],
  deductions: [],
  ...given,
});

const mixed = payment('2026-01-05', {
  amount: 5500,
  lines: [line(1, 2100), line(2, 1500), line(3, 2100)],
  deductions: [kept(1, 'participation', 200)],
});

test('the shares of a payment add up to it', () => {
  assert.deepEqual(sharesOf(mixed), [
    { rank: 1, amount: 1900, participation: 200, franchise: 0 },
    { rank: 2, amount: 1500, participation: 0, franchise: 0 },
    { rank: 3, amount: 2100, participation: 0, franchise: 0 },
  ]);
});

test('what concerns somebody hidden is left out, and so is its part of the amount', () => {
  const part = shownPart(mixed, (rank) => (rank === 3 ? null : rank));
  assert.deepEqual(
    [part?.lines.map(({ rank }) => rank), part?.amount, part?.hidesSomebody],
    [[1, 2], 3400, true],
  );
  assert.equal(
    shownPart(mixed, () => null),
    null,
  );
  const whole = shownPart(mixed, (rank) => rank);
  assert.deepEqual([whole?.amount, whole?.hidesSomebody], [5500, false]);
  const onlyKept = payment('2026-01-05', {
    lines: [line(3, 2100)],
    deductions: [kept(1, 'franchise', 100)],
  });
  const own = shownPart(onlyKept, (rank) => (rank === 1 ? 1 : null));
  assert.deepEqual([own?.lines, own?.amount], [[], -100]);
});

test('the caps of a civil year: of the payments of that year, by person', () => {
  const payments = [
    mixed,
    payment('2026-11-01', { lines: [line(1, 2100)], deductions: [kept(1, 'franchise', 100)] }),
    payment('2025-12-31', { lines: [line(1, 2100)], deductions: [kept(1, 'franchise', 400)] }),
  ].map((one) => ({ paidOn: one.paidOn, shares: sharesOf(one) }));
  assert.deepEqual(capsUsed(payments, 2026, [1, 2]), [
    { rank: 1, kind: 'participation', used: 200, cap: 5000 },
    { rank: 1, kind: 'franchise', used: 100, cap: 5000 },
    { rank: 2, kind: 'participation', used: 0, cap: 5000 },
    { rank: 2, kind: 'franchise', used: 0, cap: 5000 },
  ]);
});

test('sums by person and kind', () => {
  const payments = [payment('2026-02-01', { kind: 'third-party', lines: [line(1, 293)] }), mixed, mixed];
  assert.deepEqual(sumsByKind(payments), [
    { rank: 1, kind: 'care', amount: 3800 },
    { rank: 1, kind: 'third-party', amount: 293 },
    { rank: 2, kind: 'care', amount: 3000 },
    { rank: 3, kind: 'care', amount: 4200 },
  ]);
});

const windows = [
  { rule: { months: 27 }, today: '2026-11-26', from: '2024-09-01' },
  { rule: { months: 1 }, today: '2026-11-01', from: '2026-11-01' },
  { rule: { statements: 5 }, today: '2026-01-31', from: '2023-11-01' },
] as const;
for (const { rule, today, from } of windows)
  test(`from ${from} on, ${JSON.stringify(rule)} on ${today}`, () => {
    assert.deepEqual(paymentWindow(rule, today), { from, until: today });
  });

test('the first day of the latest months with a payment, where the policy counts statements', () => {
  const days = ['2026-01-03', '2026-11-01', '2026-11-30', '2025-07-14', '2026-03-01'];
  assert.equal(firstStatementDay({ statements: 2 }, days), '2026-03-01');
  assert.equal(firstStatementDay({ statements: 4 }, days), null);
  assert.equal(firstStatementDay({ months: 2 }, days), null);
});

test('the years of which everything is shown', () => {
  const days = ['2026-01-03', '2025-07-14', '2024-10-01', '2026-03-01'];
  assert.deepEqual(wholeYears({ from: '2024-09-01', until: '2026-11-26' }, days), [2026, 2025]);
  assert.deepEqual(wholeYears({ from: '2024-01-01', until: '2026-11-26' }, days), [2026, 2025, 2024]);
});
