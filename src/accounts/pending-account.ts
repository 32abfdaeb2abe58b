import type { Kysely } from 'kysely';
import { type Account, accountColumns, contactPlace, openAccount } from '#src/accounts/account.ts';
import { type Keyring, seal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** An account that waits for its address to be confirmed. */
export interface PendingAccount extends Account {
  /** When it was last written to. */
  readonly lastSentAt: Date;
  /** How often the person asked to be written to again. */
  readonly resends: number;
}

/**
 * The account as it is now, kept from changing until the end of the caller’s transaction. Null when it does not wait
 * (any more).
 */
export async function lockPending(
  trx: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  now: Date,
): Promise<PendingAccount | null> {
  const row = await trx
    .selectFrom('account')
    .select([...accountColumns, 'account.last_sent_at', 'account.resends'])
    .where('person_key', '=', personKey)
    .where('status', '=', 'pending')
    .where('pending_until', '>', now)
    .forUpdate()
    .executeTakeFirst();
  return row ? { ...openAccount(keyring, row), lastSentAt: row.last_sent_at, resends: row.resends } : null;
}

export interface Sending {
  /** The address as it is written to, and as accounts are found by it. */
  readonly email: string;
  readonly emailKey: Buffer;
  readonly linkDeadAt: Date;
  /** Asked for by the person: it counts among those that they may ask for. */
  readonly asked: boolean;
}

/** Notes that a pending account is written to, at its address or at a corrected one. */
export async function noteSending(
  trx: Kysely<Database>,
  keyring: Keyring,
  { personKey, contact, resends }: PendingAccount,
  { email, emailKey, linkDeadAt, asked }: Sending,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('account')
    .set({
      contact: seal(keyring, contactPlace(personKey), { ...contact, email }),
      email_key: emailKey,
      link_dead_at: linkDeadAt,
      last_sent_at: now,
      resends: resends + (asked ? 1 : 0),
    })
    .where('person_key', '=', personKey)
    .execute();
}

/** Opens a pending account whose address was confirmed. */
export async function activateAccount(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('account')
    .set({ status: 'active', confirmed_at: now, next_reminder_at: null })
    .where('person_key', '=', personKey)
    .execute();
}
