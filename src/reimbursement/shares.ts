import type { Payment } from '#src/reimbursement/payment.ts';

/** What a payment means for one of the people insured together; in cents. */
export interface Share {
  readonly rank: number;
  /** What was paid for them, without what was kept back. */
  readonly amount: number;
  /** What was kept back of them. */
  readonly participation: number;
  readonly franchise: number;
}

/** The shares of a payment, by rank: together its amount. */
export function sharesOf({ lines, deductions }: Pick<Payment, 'lines' | 'deductions'>): readonly Share[] {
  const shares = new Map<number, Share>();
  const add = (rank: number, more: Partial<Share>) => {
    const share = shares.get(rank) ?? { rank, amount: 0, participation: 0, franchise: 0 };
    shares.set(rank, {
      rank,
      amount: share.amount + (more.amount ?? 0),
      participation: share.participation + (more.participation ?? 0),
      franchise: share.franchise + (more.franchise ?? 0),
    });
  };
  for (const { rank, reimbursed } of lines) add(rank, { amount: reimbursed });
  for (const { rank, kind, amount } of deductions) add(rank, { amount: -amount, [kind]: amount });
  return [...shares.values()].sort((a, b) => a.rank - b.rank);
}

export function sumOf(shares: readonly Pick<Share, 'amount'>[]): number {
  return shares.reduce((sum, { amount }) => sum + amount, 0);
}

/** A payment without what concerns people who must not be seen. */
export interface PartlyShown extends Payment {
  /** Whether it is about somebody else too. */
  readonly hidesSomebody: boolean;
}

/**
 * The part of a payment that is about people who may be seen, at the ranks that they have now; null when none of it is.
 * `rankNow`: of who had that rank when the payment was deposited; null for somebody who must not be seen.
 */
export function shownPart(payment: Payment, rankNow: (rank: number) => number | null): PartlyShown | null {
  const shown = <One extends { readonly rank: number }>(all: readonly One[]) =>
    all.flatMap((one) => {
      const rank = rankNow(one.rank);
      return rank === null ? [] : [{ ...one, rank }];
    });
  const lines = shown(payment.lines);
  const deductions = shown(payment.deductions);
  if (lines.length === 0 && deductions.length === 0) return null;
  const hidesSomebody = lines.length < payment.lines.length || deductions.length < payment.deductions.length;
  const amount = hidesSomebody ? sumOf(sharesOf({ lines, deductions })) : payment.amount;
  return { ...payment, lines, deductions, amount, hidesSomebody };
}
