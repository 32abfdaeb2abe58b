import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import {
  packPayment,
  packSummary,
  type Summary,
  unpackPayment,
  unpackSummary,
} from '#src/payments/packed.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import { sharesOf } from '#src/reimbursement/shares.ts';

export interface PaymentSummary extends Summary {
  readonly id: string;
  /** `yyyy-mm-dd` */
  readonly paidOn: string;
}

function place(column: 'summary' | 'detail', personKey: Buffer, id: string): Place {
  return { table: 'payment', column, row: [personKey, id] };
}

/** The sealed columns of a payment. */
export function sealPayment(keyring: Keyring, personKey: Buffer, id: string, payment: Payment) {
  const summary = packSummary({ ...payment, shares: sharesOf(payment) });
  return {
    summary: seal(keyring, place('summary', personKey, id), summary),
    detail: seal(keyring, place('detail', personKey, id), packPayment(payment)),
  };
}

export function openSummary(
  keyring: Keyring,
  row: {
    readonly person_key: Buffer;
    readonly id: string;
    readonly paid_on: string;
    readonly summary: Buffer;
  },
): PaymentSummary {
  const { person_key: personKey, id, paid_on: paidOn, summary } = row;
  return { ...unpackSummary(unseal(keyring, place('summary', personKey, id), summary)), id, paidOn };
}

export function openPayment(
  keyring: Keyring,
  row: { readonly person_key: Buffer; readonly id: string; readonly detail: Buffer },
): Payment {
  return unpackPayment(unseal(keyring, place('detail', row.person_key, row.id), row.detail));
}
