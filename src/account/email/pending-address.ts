import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Until when the new address of a person can be confirmed; null when there is none. */
export async function pendingUntil(db: Kysely<Database>, personKey: Buffer, now: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('email_confirmation')
    .select('dead_at')
    .where('person_key', '=', personKey)
    .where('purpose', '=', 'new-address')
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', now)
    .executeTakeFirst();
  return row?.dead_at ?? null;
}
