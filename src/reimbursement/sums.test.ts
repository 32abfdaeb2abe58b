import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BenefitLine, CareLine, Deduction, Payment } from '#src/reimbursement/payment.ts';
import { sumProblem } from '#src/reimbursement/sums.ts';

const act = { act: 'consultation', label: 'Consultation', rank: 1 } as const;

/** 30 €, 70 %, 2 € kept back. */
const care: CareLine = {
  kind: 'care',
  ...act,
  caredOn: '2026-11-02',
  paid: 3000,
  base: 3000,
  rate: 70,
  reimbursed: 2100,
  sentOn: true,
};
const benefit: BenefitLine = {
  kind: 'benefit',
  label: 'Indemnités journalières',
  rank: 1,
  from: '2026-10-24',
  until: '2026-10-26',
  daily: 4000,
  reimbursed: 11_196,
};
const consultation: Payment = {
  kind: 'care',
  paidOn: '2026-11-05',
  amount: 1900,
  thirdParty: null,
  lines: [care],
  deductions: [{ kind: 'participation', ...act, actOn: '2026-11-02', amount: 200 }],
};
/** With other deductions; the amount is not looked at before them. */
const keptBack = (...deductions: readonly Partial<Deduction>[]): Payment => ({
  ...consultation,
  deductions: deductions.map((one) => ({
    kind: 'participation',
    ...act,
    actOn: '2026-11-02',
    amount: 200,
    ...one,
  })),
});
const allowance: Payment = {
  ...consultation,
  kind: 'daily-allowance',
  amount: 11_196,
  lines: [benefit],
  deductions: [],
};

/** A payment of one act without anything kept back. */
function ofAct(line: Partial<CareLine>): Payment {
  const whole = { ...care, ...line };
  return { ...consultation, amount: whole.reimbursed, lines: [whole], deductions: [] };
}

const right: readonly (readonly [string, Payment])[] = [
  ['a consultation less its participation', consultation],
  ['two thirds of a cent rounded', ofAct({ base: 2501, rate: 65, reimbursed: 1626 })],
  ['no more than was paid', ofAct({ paid: 1500, reimbursed: 1500 })],
  ['paid above the tariff', ofAct({ paid: 6000 })],
  ['nothing is reimbursed', ofAct({ base: 0, reimbursed: 0 })],
  ['an act on the day of the payment', ofAct({ caredOn: '2026-11-05' })],
  ['an allowance less what is withheld', allowance],
  ['an allowance to the employer', { ...allowance, thirdParty: 'Boulangerie Lagarde' }],
  ['a pharmacy', { ...ofAct({}), kind: 'third-party', thirdParty: 'Pharmacie du Port' }],
  [
    'a pension',
    {
      ...allowance,
      kind: 'invalidity-pension',
      amount: 70_000,
      lines: [{ ...benefit, daily: null, reimbursed: 70_000 }],
    },
  ],
];

for (const [why, payment] of right)
  test(`adds up: ${why}`, () => {
    assert.equal(sumProblem(payment), null);
  });

const wrong: readonly (readonly [string, Payment, ReturnType<typeof sumProblem>])[] = [
  ['a cent more', { ...consultation, amount: 1901 }, { field: 'payment.amount', code: 'amount' }],
  [
    'what was kept back is paid',
    { ...consultation, amount: 2100 },
    { field: 'payment.amount', code: 'amount' },
  ],
  [
    'more kept back than there is',
    {
      ...consultation,
      amount: 0,
      deductions: [{ kind: 'participation', ...act, actOn: '2026-11-02', amount: 2200 }],
    },
    { field: 'payment.amount', code: 'amount' },
  ],
  [
    'a franchise of a consultation',
    keptBack({ kind: 'franchise', ...act }),
    { field: 'payment.deductions.0.kind', code: 'deduction' },
  ],
  [
    'a deduction of an act that has none',
    keptBack({ kind: 'participation', ...act, act: 'other' }),
    { field: 'payment.deductions.0.kind', code: 'deduction' },
  ],
  [
    'more for the transports of a day than a person has',
    keptBack(...Array(3).fill({ kind: 'franchise', ...act, act: 'transport', amount: 400 })),
    { field: 'payment.deductions.2.amount', code: 'deduction' },
  ],
  [
    'more than a person has in a year',
    keptBack({ kind: 'participation', ...act, amount: 5_001 }),
    { field: 'payment.deductions.0.amount', code: 'deduction' },
  ],
  [
    'a benefit to come',
    { ...allowance, lines: [{ ...benefit, from: '2026-11-06', until: '2026-11-07' }] },
    { field: 'payment.lines.0.from', code: 'line-days' },
  ],
  [
    'a benefit without end',
    { ...allowance, lines: [{ ...benefit, until: '2099-12-31' }] },
    { field: 'payment.lines.0.until', code: 'line-days' },
  ],
  ['another rate', ofAct({ rate: 65 }), { field: 'payment.lines.0.reimbursed', code: 'line-sum' }],
  ['two cents off', ofAct({ reimbursed: 2102 }), { field: 'payment.lines.0.reimbursed', code: 'line-sum' }],
  [
    'more than was paid',
    ofAct({ paid: 2099 }),
    { field: 'payment.lines.0.reimbursed', code: 'more-than-paid' },
  ],
  [
    'an act after its payment',
    ofAct({ caredOn: '2026-11-06' }),
    { field: 'payment.lines.0.caredOn', code: 'line-days' },
  ],
  [
    'kept back of an act to come',
    { ...consultation, deductions: [{ kind: 'participation', ...act, actOn: '2026-11-06', amount: 200 }] },
    { field: 'payment.deductions.0.actOn', code: 'line-days' },
  ],
  [
    'a period that ends before it begins',
    { ...allowance, lines: [{ ...benefit, until: '2026-10-23' }] },
    { field: 'payment.lines.0.until', code: 'line-days' },
  ],
  [
    'more days than the period has',
    { ...allowance, amount: 16_000, lines: [{ ...benefit, reimbursed: 16_000 }] },
    { field: 'payment.lines.0.reimbursed', code: 'line-sum' },
  ],
  ['a benefit as care', { ...allowance, kind: 'care' }, { field: 'payment.lines.0.kind', code: 'line-kind' }],
  [
    'care as a pension',
    { ...ofAct({}), kind: 'invalidity-pension' },
    { field: 'payment.lines.0.kind', code: 'line-kind' },
  ],
  ['to nobody', { ...ofAct({}), kind: 'third-party' }, { field: 'payment.thirdParty', code: 'recipient' }],
  [
    'to somebody else',
    { ...ofAct({}), thirdParty: 'Pharmacie du Port' },
    { field: 'payment.thirdParty', code: 'recipient' },
  ],
];

for (const [why, payment, problem] of wrong)
  test(`does not add up: ${why}`, () => {
    assert.deepEqual(sumProblem(payment), problem);
  });
