import { z } from 'zod';
import {
  acts,
  type Deduction,
  type Payment,
  type PaymentLine,
  paymentKinds,
} from '#src/reimbursement/payment.ts';
import type { Share } from '#src/reimbursement/shares.ts';

/*
 * Payments as they are sealed: values in an order, without the names of their fields, which take two thirds of a payment.
 * They are the largest table. What comes later is another kind at the start of a row, or a value at the end.
 */

const text = z.string();
const act = z.enum(acts);
const careRow = z.tuple([
  z.literal('care'),
  act,
  text,
  z.int(),
  text,
  z.int(),
  z.int(),
  z.number(),
  z.int(),
  z.boolean(),
]);
const benefitRow = z.tuple([z.literal('benefit'), text, z.int(), text, text, z.int().nullable(), z.int()]);
const deductionRow = z.tuple([z.enum(['participation', 'franchise']), act, text, z.int(), text, z.int()]);

const detailRow = z.tuple([
  z.enum(paymentKinds),
  text,
  z.int(),
  text.nullable(),
  z.array(z.union([careRow, benefitRow])),
  z.array(deductionRow),
  z.array(z.tuple([z.int(), z.int()])),
]);
const summaryRow = z.tuple([
  z.enum(paymentKinds),
  text.nullable(),
  z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])),
]);

/** What a list shows of a payment, no matter whom it is about. */
export interface Summary extends Pick<Payment, 'kind' | 'thirdParty'> {
  /** What it means for each of those whom its lines and deductions are about: not everybody may be shown. */
  readonly shares: readonly (Omit<Share, 'rank'> & { readonly member: number })[];
}

/** A payment, and the numbers of those who had its ranks when it was deposited (`src/rights/members.ts`). */
export interface Detail {
  readonly payment: Payment;
  readonly members: ReadonlyMap<number, number>;
}

export function packSummary({ kind, thirdParty, shares }: Summary): z.infer<typeof summaryRow> {
  return [
    kind,
    thirdParty,
    shares.map(({ member, amount, participation, franchise }) => [member, amount, participation, franchise]),
  ];
}

export function unpackSummary(packed: unknown): Summary {
  const [kind, thirdParty, shares] = summaryRow.parse(packed);
  return {
    kind,
    thirdParty,
    shares: shares.map(([member, amount, participation, franchise]) => ({
      member,
      amount,
      participation,
      franchise,
    })),
  };
}

export function packPayment({ payment, members }: Detail): z.infer<typeof detailRow> {
  const { kind, paidOn, amount, thirdParty, lines, deductions } = payment;
  const [packedLines, packedDeductions] = [lines.map(packLine), deductions.map(packDeduction)];
  return [kind, paidOn, amount, thirdParty, packedLines, packedDeductions, [...members]];
}

export function unpackPayment(packed: unknown): Detail {
  const [kind, paidOn, amount, thirdParty, lines, deductions, members] = detailRow.parse(packed);
  return {
    payment: {
      ...{ kind, paidOn, amount, thirdParty },
      lines: lines.map(unpackLine),
      deductions: deductions.map(unpackDeduction),
    },
    members: new Map(members),
  };
}

function packLine(line: PaymentLine): z.infer<typeof careRow | typeof benefitRow> {
  if (line.kind === 'benefit')
    return ['benefit', line.label, line.rank, line.from, line.until, line.daily, line.reimbursed];
  const { label, rank, caredOn, paid, base, rate, reimbursed, sentOn } = line;
  return ['care', line.act, label, rank, caredOn, paid, base, rate, reimbursed, sentOn];
}

function unpackLine(row: z.infer<typeof careRow | typeof benefitRow>): PaymentLine {
  if (row[0] === 'benefit') {
    const [kind, label, rank, from, until, daily, reimbursed] = row;
    return { kind, label, rank, from, until, daily, reimbursed };
  }
  const [kind, of, label, rank, caredOn, paid, base, rate, reimbursed, sentOn] = row;
  return { kind, act: of, label, rank, caredOn, paid, base, rate, reimbursed, sentOn };
}

function packDeduction(deduction: Deduction): z.infer<typeof deductionRow> {
  const { kind, label, rank, actOn, amount } = deduction;
  return [kind, deduction.act, label, rank, actOn, amount];
}

function unpackDeduction([kind, of, label, rank, actOn, amount]: z.infer<typeof deductionRow>): Deduction {
  return { kind, act: of, label, rank, actOn, amount };
}
