import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Closes an account whose person died, and notes what it was before. Answers the key of the address that it held; null
 * when there is no account, or it was closed before.
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

/** An account that is open again, and until when it holds its address; null: for as long as it is open. */
export interface ReopenedAccount {
  readonly emailKey: Buffer;
  readonly claimExpiresAt: Date | null;
}

/** Opens again, as it was, an account that was closed for a death. Null when there is none. */
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
