import { type Kysely, sql } from 'kysely';
import type { HeldAddress } from '#src/accounts/email-claim.ts';
import type { AccountTable, Database } from '#src/database/tables.ts';
import { isOf, type Whose } from '#src/database/whose.ts';

/** Why the register closes an account: its person died, or left long enough ago. */
export type ClosedFor = NonNullable<AccountTable['closed_for']>;

/**
 * Closes accounts, and stores their former status. Returns those that it closed, with the keys of their addresses; a death is
 * noted all the same of an account that was closed because its person had left.
 */
export async function closeAccountsFor(
  trx: Kysely<Database>,
  whose: Whose,
  why: ClosedFor,
  now: Date,
): Promise<readonly HeldAddress[]> {
  const closed = await trx
    .updateTable('account')
    .set((eb) => ({
      closed_from: eb.fn.coalesce('closed_from', 'status'),
      status: 'disabled',
      closed_for: why,
      closed_since: now,
      next_reminder_at: null,
    }))
    .where(isOf(whose))
    .where((eb) =>
      eb.or([eb('closed_for', 'is', null), ...(why === 'deceased' ? [eb('closed_for', '=', 'left')] : [])]),
    )
    .returning(['person_key', 'email_key'])
    .execute();
  return closed.map(({ person_key: personKey, email_key: emailKey }) => ({ personKey, emailKey }));
}

/** Reopens accounts that were closed for this reason, with their former status. Returns them, as they claim their addresses. */
export async function reopenAccounts(
  trx: Kysely<Database>,
  whose: Whose,
  why: ClosedFor,
): Promise<readonly (HeldAddress & { readonly expiresAt: Date | null })[]> {
  const reopened = await trx
    .updateTable('account')
    .set({ status: sql`closed_from`, closed_from: null, closed_for: null, closed_since: null })
    .where(isOf(whose))
    .where('closed_for', '=', why)
    .returning(['person_key', 'email_key', 'status', 'pending_until'])
    .execute();
  return reopened.map(({ person_key: personKey, email_key: emailKey, status, pending_until }) => ({
    personKey,
    emailKey,
    expiresAt: status === 'pending' ? pending_until : null,
  }));
}
