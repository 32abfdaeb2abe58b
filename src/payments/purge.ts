import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Drops the payments of all months that end before a day (`yyyy-mm-dd`). Returns how many months. */
export async function dropPaymentMonths(db: Kysely<Database>, before: string): Promise<number> {
  const { rows } = await sql<{ dropped: number }>`
    select drop_payment_months(${before}::date) as dropped`.execute(db);
  return rows[0]?.dropped ?? 0;
}
