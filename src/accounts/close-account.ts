import { type Kysely, sql } from 'kysely';
import type { AccountTable, Database } from '#src/database/tables.ts';

/** Why the register closes an account: its person died, or left long enough ago. */
export type ClosedFor = NonNullable<AccountTable['closed_for']>;

/**
 * Closes an account, and stores its former status. Returns the key of its address; null when there is no account, or it is
 * closed already; a death is noted all the same of one that was closed because its person had left.
 */
export async function closeAccountFor(
  trx: Kysely<Database>,
  personKey: Buffer,
  why: ClosedFor,
  now: Date,
): Promise<Buffer | null> {
  const closed = await trx
    .updateTable('account')
    .set((eb) => ({
      closed_from: eb.fn.coalesce('closed_from', 'status'),
      status: 'disabled',
      closed_for: why,
      closed_since: now,
      next_reminder_at: null,
    }))
    .where('person_key', '=', personKey)
    .where((eb) =>
      eb.or([eb('closed_for', 'is', null), ...(why === 'deceased' ? [eb('closed_for', '=', 'left')] : [])]),
    )
    .returning('email_key')
    .executeTakeFirst();
  return closed?.email_key ?? null;
}

/** A reopened account, and until when it claims its address; null once the address is confirmed. */
export interface ReopenedAccount {
  readonly emailKey: Buffer;
  readonly claimExpiresAt: Date | null;
}

/** Reopens an account that was closed for this reason, with its former status. Null when there is none. */
export async function reopenAccount(
  trx: Kysely<Database>,
  personKey: Buffer,
  why: ClosedFor,
): Promise<ReopenedAccount | null> {
  const reopened = await trx
    .updateTable('account')
    .set({ status: sql`closed_from`, closed_from: null, closed_for: null, closed_since: null })
    .where('person_key', '=', personKey)
    .where('closed_for', '=', why)
    .returning(['email_key', 'status', 'pending_until'])
    .executeTakeFirst();
  if (!reopened) return null;
  const { email_key: emailKey, status, pending_until } = reopened;
  return { emailKey, claimExpiresAt: status === 'pending' ? pending_until : null };
}
