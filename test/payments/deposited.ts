import { personKeys } from '#src/crypto/keyring.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { openPaymentMonths } from '#src/payments/months.ts';
import { storingPayment } from '#src/payments/store.ts';
import type { BenefitLine, CareLine, Deduction, Payment } from '#src/reimbursement/payment.ts';
import { memberAt, numberMembers } from '#src/rights/members.ts';
import type { Beneficiary } from '#src/rights/rights.ts';
import { findRights, storingRights } from '#src/rights/store.ts';
import type { TestApp } from '../setting/application.ts';

/** Whom no rights know. */
const stranger = 7;

/** What the caisse of somebody has paid: stored, without what a deposit tells besides. */
export async function depositPayments(
  { services: { db, keyring, random, clock } }: Pick<TestApp, 'services'>,
  { line: { nir } }: NamedPerson,
  payments: readonly Payment[],
): Promise<readonly string[]> {
  const [personKey = Buffer.alloc(0)] = personKeys(keyring, nir);
  const days = payments.map(({ paidOn }) => paidOn).sort();
  await openPaymentMonths(db, { from: days[0] ?? '', until: days.at(-1) ?? '' });
  const rights = await findRights(db, keyring, [personKey]);
  const ids: string[] = [];
  for (const payment of payments) {
    const id = random.uuid();
    const one = { personKey, id, payment, memberOf: (rank: number) => memberAt(rights, rank) ?? stranger };
    await db.executeQuery(storingPayment(db, keyring, one, clock.now()).compile());
    ids.push(id);
  }
  return ids;
}

/** Those insured together, by rank: the insured first, then a person for each birth date. */
export async function depositRights(
  { services: { db, keyring, clock } }: Pick<TestApp, 'services'>,
  { line }: NamedPerson,
  others: readonly { readonly given: string; readonly birthDate: string }[],
): Promise<void> {
  const { nir, birthName, usageName, givenNames, birthDate } = line;
  const [personKey = Buffer.alloc(0)] = personKeys(keyring, nir);
  const about = {
    from: '2020-01-01',
    until: null,
    doctorDeclared: true,
    exonerations: [],
    solidarity: null,
  };
  const insured: Beneficiary = { rank: 1, birthName, usageName, givenNames, birthDate, nir, ...about };
  const beneficiaries = others.map(({ given, birthDate: born }, index) => ({
    ...insured,
    rank: index + 2,
    usageName: null,
    givenNames: [given],
    birthDate: born,
    nir: null,
  }));
  const rights = {
    organism: { regime: '01', caisse: '631', centre: '0000' },
    beneficiaries: [insured, ...beneficiaries],
  };
  const kept = numberMembers(keyring, rights, await findRights(db, keyring, [personKey]));
  await db.executeQuery(storingRights(db, keyring, personKey, kept, 'caisse-631', clock.now()).compile());
}

/** A consultation of a general practitioner: 30 €, 70 %. */
export function consultationLine(caredOn: string, change: Partial<CareLine> = {}): CareLine {
  return {
    kind: 'care',
    act: 'consultation',
    label: 'Consultation',
    rank: 1,
    caredOn,
    paid: 3000,
    base: 3000,
    rate: 70,
    reimbursed: 2100,
    sentOn: true,
    ...change,
  };
}

export function participation(actOn: string, change: Partial<Deduction> = {}): Deduction {
  return {
    kind: 'participation',
    act: 'consultation',
    label: 'Participation forfaitaire',
    rank: 1,
    actOn,
    amount: 200,
    ...change,
  };
}

export function allowance(from: string, until: string, reimbursed: number): BenefitLine {
  return {
    kind: 'benefit',
    label: 'Indemnités journalières',
    rank: 1,
    from,
    until,
    daily: 4120,
    reimbursed,
  };
}

/** A payment of these lines, to the insured; its amount is what they add up to. */
export function payment(
  paidOn: string,
  lines: Payment['lines'],
  deductions: readonly Deduction[] = [],
  change: Partial<Payment> = {},
): Payment {
  const amount =
    lines.reduce((sum, { reimbursed }) => sum + reimbursed, 0) -
    deductions.reduce((sum, one) => sum + one.amount, 0);
  return { kind: 'care', paidOn, amount, thirdParty: null, lines, deductions: [...deductions], ...change };
}

/** A consultation as most are paid: 19 €. */
export function usualPayment(paidOn: string, change: Partial<Payment> = {}): Payment {
  return payment(paidOn, [consultationLine(paidOn)], [participation(paidOn)], change);
}

/** Some payments of somebody with a child and a spouse, before the 2nd of March 2026. */
export function familyPayments(): readonly Payment[] {
  const pharmacy = {
    act: 'medicine-box',
    label: 'Médicaments',
    paid: 450,
    base: 450,
    rate: 65,
    reimbursed: 293,
  } as const;
  return [
    usualPayment('2026-02-27'),
    payment('2026-02-20', [consultationLine('2026-02-18', { rank: 2 })]),
    payment(
      '2026-02-12',
      [consultationLine('2026-02-10', pharmacy), consultationLine('2026-02-10', { ...pharmacy, rank: 2 })],
      [],
      { kind: 'third-party', thirdParty: 'Pharmacie du Parc' },
    ),
    payment('2026-02-03', [allowance('2026-01-12', '2026-01-25', 57_680)], [], { kind: 'daily-allowance' }),
    // The spouse alone, then all three.
    payment('2026-01-28', [consultationLine('2026-01-27', { rank: 3 })]),
    payment(
      '2026-01-20',
      [
        consultationLine('2026-01-15', { paid: 5000 }),
        consultationLine('2026-01-15', { rank: 2, sentOn: false }),
        consultationLine('2026-01-16', { rank: 3 }),
      ],
      [
        participation('2026-01-15'),
        participation('2025-12-02', {
          kind: 'franchise',
          act: 'paramedical',
          label: 'Franchise',
          amount: 100,
        }),
        participation('2026-01-16', { rank: 3 }),
      ],
    ),
    usualPayment('2025-12-24'),
    usualPayment('2025-03-14'),
    usualPayment('2024-01-05'),
    usualPayment('2023-11-02'),
  ];
}

/** Of the family: a child, and a spouse of age. */
export const family = [
  { given: 'Lise', birthDate: '2015-06-30' },
  { given: 'Dominique', birthDate: '1980-02-01' },
] as const;
