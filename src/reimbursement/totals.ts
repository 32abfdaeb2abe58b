import { type Deduction, type Payment, type PaymentKind, paymentKinds } from '#src/reimbursement/payment.ts';
import { yearlyCap } from '#src/reimbursement/rates.ts';
import { type Share, sharesOf } from '#src/reimbursement/shares.ts';

/** How much of a yearly cap is used; in cents. */
export interface CapUse {
  readonly rank: number;
  readonly kind: Deduction['kind'];
  readonly used: number;
  readonly cap: number;
}

/**
 * How much of the yearly caps the payments of a civil year used, by person: what these payments kept back, also of acts of
 * the year before. Both caps of everybody in `ranks`, used or not.
 */
export function capsUsed(
  payments: readonly { readonly paidOn: string; readonly shares: readonly Share[] }[],
  year: number,
  ranks: readonly number[],
): readonly CapUse[] {
  const shares = payments
    .filter(({ paidOn }) => paidOn.startsWith(`${year}-`))
    .flatMap((payment) => payment.shares);
  return ranks.flatMap((rank) =>
    (['participation', 'franchise'] as const).map((kind) => ({
      rank,
      kind,
      used: shares.filter((share) => share.rank === rank).reduce((sum, share) => sum + share[kind], 0),
      cap: yearlyCap(kind, year),
    })),
  );
}

/** What payments of one kind paid for one person, without what was kept back; in cents. */
export interface KindSum {
  readonly rank: number;
  readonly kind: PaymentKind;
  readonly amount: number;
}

/** Sums of payments by person, then kind, in the order of ranks and of `paymentKinds`; what was kept back is subtracted. */
export function sumsByKind(payments: readonly Payment[]): readonly KindSum[] {
  const sums = new Map<string, KindSum>();
  for (const payment of payments)
    for (const { rank, amount } of sharesOf(payment)) {
      const { kind } = payment;
      const name = `${rank} ${kind}`;
      sums.set(name, { rank, kind, amount: (sums.get(name)?.amount ?? 0) + amount });
    }
  return [...sums.values()].sort(
    (a, b) => a.rank - b.rank || paymentKinds.indexOf(a.kind) - paymentKinds.indexOf(b.kind),
  );
}
