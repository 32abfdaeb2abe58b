import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { purgeDeposits } from '#src/deposits/purge.ts';
import { depositWindow } from '#src/depot/deposit-window.ts';
import { openPaymentMonths } from '#src/payments/months.ts';
import { dropPaymentMonths } from '#src/payments/purge.ts';
import type { Policy } from '#src/policy/schema.ts';
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
 * and forgets the ids of deposits whose payments are long gone. Waits only briefly for the table: pages read it.
 */
export async function turnDepositMonths(
  db: Kysely<Database>,
  now: Date,
  { policy }: { readonly policy: Policy },
): Promise<{ readonly opened: number; readonly dropped: number; readonly forgotten: number }> {
  await sql`set local lock_timeout = '2s'`.execute(db);
  const opened = await openDepositMonths({ db, policy }, now);
  const shown = Temporal.PlainDate.from(depositWindow(policy, now).from);
  const dropped = await dropPaymentMonths(db, shown.subtract({ months: 1 }).toString());
  const forgotten = await purgeDeposits(db, instantInParis(shown.subtract({ months: rememberedMonths })));
  return { opened, dropped, forgotten };
}
