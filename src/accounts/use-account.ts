import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Notes that somebody signed in to the account, from where it counts as unused; a warning of that is over. */
export async function noteSignedIn(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('account')
    .set({ last_used_at: now, unused_warned_at: null })
    .where('person_key', '=', personKey)
    .execute();
}
