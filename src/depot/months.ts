import { sql } from 'kysely';
import { purgeDeposits } from '#src/deposits/purge.ts';
import { depositWindow } from '#src/depot/deposit-window.ts';
import { openPaymentMonths } from '#src/payments/months.ts';
import { dropPaymentMonths } from '#src/payments/purge.ts';
import type { Services } from '#src/services.ts';
import { instantInParis, parisDay } from '#src/time/paris.ts';

/** Makes room for all payments that may be deposited today, and in the month after. Returns how many months are new. */
export async function openDepositMonths(
  { db, policy }: Pick<Services, 'db' | 'policy'>,
  now: Date,
): Promise<number> {
  const { from } = depositWindow(policy, now);
  return openPaymentMonths(db, { from, until: parisDay(now).add({ months: 1 }).toString() });
}

/** How long an id is remembered after its payment is gone: a sender’s archive of a year is not deposited anew. */
const rememberedMonths = 13;

/**
 * The duty of what was deposited: opens the months to come, drops those that no policy shows any more, a month later,
 * and forgets the ids of deposits whose payments are long gone, a day of them at a time. Each is a transaction of its own:
 * nobody who reads or deposits waits for what takes long. `held`: months that something held, left to the next run.
 */
export async function turnDepositMonths(
  { db, policy }: Pick<Services, 'db' | 'policy'>,
  now: Date,
): Promise<{
  readonly opened: number;
  readonly dropped: number;
  readonly held: number;
  readonly forgotten: number;
}> {
  const opened = await openDepositMonths({ db, policy }, now);
  const window = depositWindow(policy, now);
  const shown = Temporal.PlainDate.from(window.from);
  const { dropped, isHeld } = await dropPaymentMonths(db, shown.subtract({ months: 1 }).toString());
  const months = shown.until(parisDay(now), { largestUnit: 'months' }).months + 1 + rememberedMonths;
  const before = instantInParis(parisDay(now).subtract({ months }));
  const forgotten = await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    return purgeDeposits(trx, before);
  });
  return { opened, dropped, held: isHeld ? 1 : 0, forgotten };
}
