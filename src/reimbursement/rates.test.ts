import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Act } from '#src/reimbursement/payment.ts';
import { deductionRate, yearlyCap } from '#src/reimbursement/rates.ts';

const cases: readonly (readonly [act: Act, day: string, kept: string])[] = [
  ['consultation', '2004-12-31', 'nothing'],
  ['consultation', '2005-01-01', 'participation 100'],
  ['consultation', '2024-05-14', 'participation 100'],
  ['consultation', '2024-05-15', 'participation 200'],
  ['doctor-act', '2026-11-26', 'participation 200'],
  ['x-ray', '2026-11-26', 'participation 200'],
  ['laboratory', '2024-05-14', 'participation 100'],
  ['medicine-box', '2007-12-31', 'nothing'],
  ['medicine-box', '2024-03-30', 'franchise 50'],
  ['medicine-box', '2024-03-31', 'franchise 100'],
  ['paramedical', '2024-03-31', 'franchise 100'],
  ['transport', '2024-03-30', 'franchise 200'],
  ['transport', '2024-03-31', 'franchise 400'],
  ['other', '2026-11-26', 'nothing'],
];

for (const [act, day, kept] of cases)
  test(`${act} on ${day}: ${kept}`, () => {
    const rate = deductionRate(act, day);
    assert.equal(rate ? `${rate.kind} ${rate.amount}` : 'nothing', kept);
  });

test('at most 50 € a year of each kind', () => {
  assert.equal(yearlyCap('participation', 2026), 5000);
  assert.equal(yearlyCap('franchise', 2024), 5000);
  assert.equal(yearlyCap('franchise', 2007), 0);
});
