import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainPayment } from '#src/reimbursement/explain.ts';
import type { CareLine, Deduction, PaymentLine } from '#src/reimbursement/payment.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';

const consultation: CareLine = {
  kind: 'care',
  act: 'consultation',
  label: 'Consultation',
  rank: 1,
  caredOn: '2026-11-12',
  paid: 3000,
  base: 3000,
  rate: 70,
  reimbursed: 2100,
  sentOn: true,
};
const participation: Deduction = {
  kind: 'participation',
  act: 'consultation',
  label: 'Participation forfaitaire',
  rank: 1,
  actOn: '2026-11-12',
  amount: 200,
};
const allowance: PaymentLine = {
  kind: 'benefit',
  label: 'Indemnités journalières maladie',
  rank: 1,
  from: '2026-11-01',
  until: '2026-11-14',
  daily: 4120,
  reimbursed: 57_680,
};

interface Case {
  readonly what: string;
  readonly lines: readonly PaymentLine[];
  readonly deductions?: readonly Deduction[];
  readonly thirdParty?: string;
  readonly amount: number;
  readonly says: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: 'a consultation',
    lines: [consultation],
    deductions: [participation],
    amount: 1900,
    says: [
      'Vous avez payé 30 €. La base est 30 €, votre taux 70 % : cela fait 21 €. Retenue : 2 €. Versé : 19 €.',
    ],
  },
  {
    what: 'a price above the base',
    lines: [{ ...consultation, paid: 5000 }],
    amount: 2100,
    says: [
      'Vous avez payé 50 €. La base est 30 €, votre taux 70 % : cela fait 21 €. Versé : 21 €. Le prix dépasse la base de 20 € : l’Assurance Maladie ne rembourse pas ce dépassement.',
    ],
  },
  {
    what: 'a sum that does not follow from the rate',
    lines: [{ ...consultation, reimbursed: 2600 }],
    amount: 2600,
    says: ['Vous avez payé 30 €. La base est 30 €, votre taux 70 %. Remboursement : 26 €. Versé : 26 €.'],
  },
  {
    what: 'boxes of medicine, paid to a pharmacy, one of them kept back later',
    lines: [
      {
        ...consultation,
        act: 'medicine-box',
        label: 'Boîte',
        paid: 450,
        base: 450,
        rate: 65,
        reimbursed: 293,
      },
    ],
    deductions: [
      { ...participation, kind: 'franchise', act: 'paramedical', label: 'Franchise', amount: 100 },
    ],
    thirdParty: 'Pharmacie du Parc',
    amount: 193,
    says: [
      'Le prix est 4,50 €. La caisse a payé sa part directement. La base est 4,50 €, votre taux 65 % : cela fait 2,93 €. Versé : 2,93 €.',
      'Retenue de 1 €, pour un soin d’un autre paiement.',
      'En tout : 2,93 €, moins 1 € pour des soins d’autres paiements. Versé : 1,93 €.',
    ],
  },
  {
    what: 'two consultations of one day, one deduction each, and one of somebody else',
    lines: [consultation, consultation, { ...consultation, rank: 2 }],
    deductions: [participation, participation, participation],
    amount: 5700,
    says: [
      'Vous avez payé 30 €. La base est 30 €, votre taux 70 % : cela fait 21 €. Retenue : 2 €. Versé : 19 €.',
      'Vous avez payé 30 €. La base est 30 €, votre taux 70 % : cela fait 21 €. Retenue : 2 €. Versé : 19 €.',
      'Vous avez payé 30 €. La base est 30 €, votre taux 70 % : cela fait 21 €. Versé : 21 €.',
      'Retenue de 2 €, pour un soin d’un autre paiement.',
      'En tout : 59 €, moins 2 € pour des soins d’autres paiements. Versé : 57 €.',
    ],
  },
  {
    what: 'daily allowances',
    lines: [allowance],
    amount: 57_680,
    says: ['Du 01/11/2026 au 14/11/2026 : 14 jours, à 41,20 € par jour. Versé : 576,80 €.'],
  },
  {
    what: 'a pension',
    lines: [{ ...allowance, daily: null, until: '2026-11-30', reimbursed: 70_000 }],
    amount: 70_000,
    says: ['Pour la période du 01/11/2026 au 30/11/2026. Versé : 700 €.'],
  },
];

for (const { what, lines, deductions = [], thirdParty = null, amount, says } of cases)
  test(`${what}, in words`, () => {
    const payment = { lines: [...lines], deductions: [...deductions], amount, thirdParty };
    const { lines: said, others, all } = explainPayment(payment, 'fr');
    const texts = [...said, ...others].map(({ text }) => text).concat(all ?? []);
    assert.deepEqual(
      texts.map((text) => text.replaceAll('\u00a0', ' ')),
      says,
    );
    assert.deepEqual(texts.flatMap(frenchTypographyFaults), []);
  });

test('in plain words, and in English', () => {
  const payment = {
    lines: [consultation],
    deductions: [participation],
    amount: 1900,
    thirdParty: null,
  };
  const said = (['fr-plain', 'en'] as const).map((voice) =>
    explainPayment(payment, voice)
      .lines.map(({ text }) => text.replaceAll('\u00a0', ' '))
      .join(''),
  );
  assert.deepEqual(said, [
    'Vous avez payé 30 €. L’Assurance Maladie part de 30 €. Elle rend 70 % : 21 €. Elle garde 2 €. Versé : 19 €.',
    'You paid €30. The base is €30, your rate 70%: that makes €21. Kept back: €2. Paid out: €19.',
  ]);
});
