import type { DepositItem } from '#src/depot/item.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import type { Beneficiary, Rights } from '#src/rights/rights.ts';
import { type Sender, senderScopes } from '#src/senders/sender.ts';

/** Who deposits in the stories, allowed to do everything. */
export const caisse: Sender = {
  code: 'caisse-631',
  name: 'CPAM du Puy-de-Dôme',
  scopes: senderScopes,
  keys: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }] },
  disabledAt: null,
};

/** A consultation of a general practitioner: 30 €, 70 %, 2 € kept back. */
export function consultation(paidOn: string, rank = 1): Payment {
  const act = { act: 'consultation', label: 'Consultation', rank } as const;
  const line = { ...act, caredOn: paidOn, paid: 3000, base: 3000, rate: 70, reimbursed: 2100, sentOn: true };
  return {
    kind: 'care',
    paidOn,
    amount: 1900,
    thirdParty: null,
    lines: [{ kind: 'care', ...line }],
    deductions: [{ kind: 'participation', ...act, actOn: paidOn, amount: 200 }],
  };
}

/** The rights of somebody and of one insured with them. */
export function rightsOf(nir: string, birthDate: string): Rights {
  const insured: Beneficiary = {
    rank: 1,
    birthName: 'Venturi',
    usageName: null,
    givenNames: ['Ange'],
    birthDate: '1962-12-01',
    nir,
    from: '2020-01-01',
    until: null,
    doctorDeclared: true,
    exonerations: [],
    solidarity: null,
  };
  const other = { ...insured, rank: 2, givenNames: ['Lise'], birthDate, nir: null };
  return { organism: { regime: '01', caisse: '631', centre: '0000' }, beneficiaries: [insured, other] };
}

export function paymentItem(nir: string, id: string, payment: Payment): DepositItem {
  return { kind: 'payment', id, nir, payment };
}
