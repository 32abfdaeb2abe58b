import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import {
  type Detail,
  packPayment,
  packSummary,
  type Summary,
  unpackPayment,
  unpackSummary,
} from '#src/payments/packed.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import { type PartlyShown, type Share, sharesOf, shownPart } from '#src/reimbursement/shares.ts';
import type { Ranks } from '#src/rights/rights.ts';

export interface NewPayment {
  readonly personKey: Buffer;
  readonly id: string;
  readonly payment: Payment;
  /** The number of the person who has a rank now (`src/rights/members.ts`). */
  readonly memberOf: (rank: number) => number;
}

/** A payment as a list reads it, no matter whom it is about. */
export interface StoredSummary extends Summary {
  readonly id: string;
  /** `yyyy-mm-dd` */
  readonly paidOn: string;
}

/** The same with the shares of those whom somebody may see, by the ranks that they have now. */
export interface PaymentSummary extends Omit<StoredSummary, 'shares'> {
  readonly shares: readonly Share[];
}

/** A payment with its lines, no matter whom they are about. */
export interface StoredPayment extends Detail {
  readonly id: string;
}

function place(column: 'summary' | 'detail', personKey: Buffer, id: string): Place {
  return { table: 'payment', column, row: [personKey, id] };
}

/** The sealed columns of a payment. */
export function sealPayment(keyring: Keyring, { personKey, id, payment, memberOf }: NewPayment) {
  const ranks = sharesOf(payment);
  const shares = ranks.map(({ rank, ...share }) => ({ member: memberOf(rank), ...share }));
  const members = new Map(ranks.map(({ rank }) => [rank, memberOf(rank)]));
  return {
    summary: seal(keyring, place('summary', personKey, id), packSummary({ ...payment, shares })),
    detail: seal(keyring, place('detail', personKey, id), packPayment({ payment, members })),
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
): StoredSummary {
  const { person_key: personKey, id, paid_on: paidOn, summary } = row;
  return { ...unpackSummary(unseal(keyring, place('summary', personKey, id), summary)), id, paidOn };
}

export function openPayment(
  keyring: Keyring,
  row: { readonly person_key: Buffer; readonly id: string; readonly detail: Buffer },
): StoredPayment {
  const { person_key: personKey, id, detail } = row;
  return { ...unpackPayment(unseal(keyring, place('detail', personKey, id), detail)), id };
}

/** What of a summary may be shown; null for nothing. */
export function shownSummary({ shares, ...rest }: StoredSummary, ranks: Ranks): PaymentSummary | null {
  const shown = shares.flatMap(({ member, ...share }) => {
    const rank = ranks.get(member);
    return rank === undefined ? [] : [{ rank, ...share }];
  });
  return shown.length > 0 ? { ...rest, shares: shown.toSorted((a, b) => a.rank - b.rank) } : null;
}

/** What of a payment may be shown; null for nothing. */
export function shownPayment({ payment, members }: Detail, ranks: Ranks): PartlyShown | null {
  return shownPart(payment, (rank) => {
    const member = members.get(rank);
    return member === undefined ? null : (ranks.get(member) ?? null);
  });
}
