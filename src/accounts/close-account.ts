import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Closes an account whose person died, and stores its former status. Returns the key of its address; null when there is
 * no account, or it is closed already.
 */
export async function closeForDeath(
  trx: Kysely<Database>,
  personKey: Buffer,
  now: Date,
): Promise<Buffer | null> {
  const closed = await trx
    .updateTable('account')
    .set((eb) => ({
      closed_from: eb.ref('status'),
      status: 'disabled',
      closed_for: 'deceased',
      closed_since: now,
      next_reminder_at: null,
    }))
    .where('person_key', '=', personKey)
    .where('closed_for', 'is', null)
    .returning('email_key')
    .executeTakeFirst();
  return closed?.email_key ?? null;
}

/** A reopened account, and until when it claims its address; null once the address is confirmed. */
export interface ReopenedAccount {
  readonly emailKey: Buffer;
  readonly claimExpiresAt: Date | null;
}

/** Reopens an account that was closed for a death, with its former status. Null when there is none. */
export async function reopenAfterDeath(
  trx: Kysely<Database>,
  personKey: Buffer,
): Promise<ReopenedAccount | null> {
  const reopened = await trx
    .updateTable('account')
    .set({ status: sql`closed_from`, closed_from: null, closed_for: null, closed_since: null })
    .where('person_key', '=', personKey)
    .where('closed_for', '=', 'deceased')
    .returning(['email_key', 'status', 'pending_until'])
    .executeTakeFirst();
  if (!reopened) return null;
  const { email_key: emailKey, status, pending_until } = reopened;
  return { emailKey, claimExpiresAt: status === 'pending' ? pending_until : null };
}
