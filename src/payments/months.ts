import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import type { Period } from '#src/reimbursement/window.ts';

/** Makes room for payments of these days (`open_payment_months`, migration 0009); repeating it changes nothing. */
export async function openPaymentMonths(db: Kysely<Database>, { from, until }: Period): Promise<number> {
  const { rows } = await sql<{ made: number }>`
    select open_payment_months(${from}::date, ${until}::date) as made`.execute(db);
  return rows[0]?.made ?? 0;
}
