import type { Compilable, Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Notes that an account is entered now, and withdraws the warning that it is unused; no row changes when it is not (any
 * more) what it opens: active, or pending. The browser of its creation is remembered until somebody has entered it.
 */
export function notingSignedIn(
  db: Kysely<Database>,
  personKey: Buffer,
  opens: 'account' | 'waiting',
  now: Date,
): Compilable {
  const used = { last_used_at: now, unused_warned_at: null };
  const account = db.updateTable('account').where('person_key', '=', personKey);
  return opens === 'account'
    ? account.set({ ...used, created_in: null }).where('status', '=', 'active')
    : account.set(used).where('status', '=', 'pending').where('pending_until', '>', now);
}

/** Freezes a disputed account: nobody can enter it any more. */
export async function markFrozen(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('account')
    .set({ status: 'frozen', frozen_at: now, next_reminder_at: null })
    .where('person_key', '=', personKey)
    .execute();
}
