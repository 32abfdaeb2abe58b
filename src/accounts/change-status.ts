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

/** Nobody enters the account any more: it is said not to be its person’s. */
export async function markFrozen(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('account')
    .set({ status: 'frozen', frozen_at: now, next_reminder_at: null })
    .where('person_key', '=', personKey)
    .execute();
}
