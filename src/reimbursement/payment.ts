import { z } from 'zod';

/** An amount in cents of a euro. */
const cents = z.int().min(0).max(100_000_000);
const day = z.iso.date();
/** Of a person among those insured together: 1 is the insured, 2 to 19 those insured with them (ayants droit). */
const rank = z.int().min(1).max(19);
/** What people read of a medical act, a benefit, a third party: one line. */
const label = z.string().min(1).max(120);

/** What a payment is for; each can be hidden or shown on its own in the list. */
export const paymentKinds = [
  'care',
  'third-party',
  'daily-allowance',
  'invalidity-pension',
  'work-accident-pension',
] as const;
export type PaymentKind = (typeof paymentKinds)[number];

/**
 * Acts whose reimbursement is reduced (`rates.ts`): a consultation or another act of a doctor, an X-ray, a laboratory test
 * by the participation forfaitaire; a box of medicine, an act of a nurse or a physiotherapist, a medical transport by the
 * franchise.
 */
export const acts = [
  'consultation',
  'doctor-act',
  'x-ray',
  'laboratory',
  'medicine-box',
  'paramedical',
  'transport',
  'other',
] as const;
export type Act = (typeof acts)[number];

/** One act of care. */
export const careLine = z.strictObject({
  kind: z.literal('care'),
  act: z.enum(acts),
  label,
  rank,
  caredOn: day,
  /** What was asked for the act; zero-rated acts exist. */
  paid: cents,
  /** The tariff that the rate applies to. */
  base: cents,
  /** In percent of the base. */
  rate: z.number().min(0).max(100),
  /** Before deductions. */
  reimbursed: cents,
  /** Whether the complementary insurer was told of it. */
  sentOn: z.boolean(),
});

/** An allowance or a pension for a period. */
export const benefitLine = z.strictObject({
  kind: z.literal('benefit'),
  label,
  rank,
  from: day,
  until: day,
  /** For each day; null for a pension. */
  daily: cents.nullable(),
  reimbursed: cents,
});

/** What was kept back, possibly of an act that an earlier payment was for. */
export const deduction = z.strictObject({
  kind: z.enum(['participation', 'franchise']),
  act: z.enum(acts),
  label,
  rank,
  actOn: day,
  amount: cents,
});

/** A payment as it is stored, sealed. `amount` is what its lines add up to, without what was kept back. */
export const paymentSchema = z.strictObject({
  kind: z.enum(paymentKinds),
  paidOn: day,
  amount: cents,
  /** Who received it: null for the insured, else the name of a third party (a pharmacy, an employer). */
  thirdParty: label.nullable(),
  lines: z
    .array(z.discriminatedUnion('kind', [careLine, benefitLine]))
    .min(1)
    .max(100),
  deductions: z.array(deduction).max(100),
});

export type Payment = z.infer<typeof paymentSchema>;
export type CareLine = z.infer<typeof careLine>;
export type BenefitLine = z.infer<typeof benefitLine>;
export type PaymentLine = Payment['lines'][number];
export type Deduction = z.infer<typeof deduction>;
