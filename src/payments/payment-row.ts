import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import { type Payment, paymentKinds, paymentSchema } from '#src/reimbursement/payment.ts';
import { sharesOf } from '#src/reimbursement/shares.ts';

/** What a list shows of a payment. */
const summarySchema = z.object({
  kind: z.enum(paymentKinds),
  /** Null: the insured. */
  thirdParty: z.string().nullable(),
  /** What it means for each of those whom its lines and deductions are about: not everybody may be shown. */
  shares: z.array(z.object({ rank: z.int(), amount: z.int(), participation: z.int(), franchise: z.int() })),
});

export interface PaymentSummary extends z.infer<typeof summarySchema> {
  readonly id: string;
  /** `yyyy-mm-dd` */
  readonly paidOn: string;
}

function place(column: 'summary' | 'detail', personKey: Buffer, id: string): Place {
  return { table: 'payment', column, row: [personKey, id] };
}

/** The sealed columns of a payment. */
export function sealPayment(keyring: Keyring, personKey: Buffer, id: string, payment: Payment) {
  const { kind, thirdParty } = payment;
  const summary: z.infer<typeof summarySchema> = { kind, thirdParty, shares: [...sharesOf(payment)] };
  return {
    summary: seal(keyring, place('summary', personKey, id), summary),
    detail: seal(keyring, place('detail', personKey, id), payment),
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
  return { ...summarySchema.parse(unseal(keyring, place('summary', personKey, id), summary)), id, paidOn };
}

export function openPayment(
  keyring: Keyring,
  row: { readonly person_key: Buffer; readonly id: string; readonly detail: Buffer },
): Payment {
  return paymentSchema.parse(unseal(keyring, place('detail', row.person_key, row.id), row.detail));
}
