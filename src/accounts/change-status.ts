import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Notes that the account was used now, and withdraws the warning that it is unused. The browser of its creation is
 * remembered until somebody has entered the account.
 */
export async function noteSignedIn(
  trx: Kysely<Database>,
  personKey: Buffer,
  opens: 'account' | 'waiting',
  now: Date,
): Promise<void> {
  await trx
    .updateTable('account')
    .set({ last_used_at: now, unused_warned_at: null, ...(opens === 'account' ? { created_in: null } : {}) })
    .where('person_key', '=', personKey)
    .execute();
}

/** Freezes a disputed account: nobody can enter it any more. */
export async function markFrozen(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('account')
    .set({ status: 'frozen', frozen_at: now, next_reminder_at: null })
    .where('person_key', '=', personKey)
    .execute();
}
