import { paymentWindow } from '#src/depot/payment-window.ts';
import { openPaymentMonths } from '#src/payments/months.ts';
import type { Services } from '#src/services.ts';
import { parisDay } from '#src/time/paris.ts';

/** Makes room for all payments that may be deposited today, and in the month after. Returns how many months are new. */
export async function openDepositMonths(
  { db, policy }: Pick<Services, 'db' | 'policy'>,
  now: Date,
): Promise<number> {
  const { from } = paymentWindow(policy, now);
  return openPaymentMonths(db, { from, until: parisDay(now).add({ months: 1 }).toString() });
}
