import { type Kysely, sql } from 'kysely';
import { isLockedOut } from '#src/database/away.ts';
import type { Database } from '#src/database/tables.ts';

/**
 * Drops the payments of all months that end before a day (`yyyy-mm-dd`), each in a transaction of its own: how many months,
 * and whether one was left because something held it for too long, such as a backup. The next run tries again.
 */
export async function dropPaymentMonths(
  db: Kysely<Database>,
  before: string,
): Promise<{ readonly dropped: number; readonly isHeld: boolean }> {
  for (let dropped = 0; ; dropped += 1) {
    const isDropped = await dropOldest(db, before);
    if (isDropped !== true) return { dropped, isHeld: isDropped === null };
  }
}

/** Null: something holds it. */
async function dropOldest(db: Kysely<Database>, before: string): Promise<boolean | null> {
  try {
    const { rows } = await sql<{ dropped: boolean }>`
      select drop_payment_month(${before}::date) as dropped`.execute(db);
    return rows[0]?.dropped ?? false;
  } catch (error) {
    if (isLockedOut(error)) return null;
    throw error;
  }
}
