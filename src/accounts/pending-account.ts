import type { Compilable, Kysely } from 'kysely';
import { type Account, accountColumns, contactPlace, openAccount } from '#src/accounts/account.ts';
import { type Keyring, seal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** An account whose address is not confirmed yet. */
export interface PendingAccount extends Account {
  /** When a confirmation was last sent. */
  readonly lastSentAt: Date;
  /** How many more confirmations the person has requested. */
  readonly resends: number;
}

/**
 * The account in its present state, its row locked until the end of the caller’s transaction. Null when it is not (or
 * no longer) pending.
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
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ? { ...openAccount(keyring, row), lastSentAt: row.last_sent_at, resends: row.resends } : null;
}

export interface Sending {
  /** The address of the confirmation, and its key. */
  readonly email: string;
  readonly emailKey: Buffer;
  readonly linkDeadAt: Date;
  /** Whether the person requested it: it then counts against the number of requests allowed. */
  readonly isRequested: boolean;
}

/** Notes that a confirmation is sent to a pending account, at its address or at a corrected one. */
export function notingSending(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, contact, resends }: PendingAccount,
  { email, emailKey, linkDeadAt, isRequested }: Sending,
  now: Date,
): Compilable {
  return db
    .updateTable('account')
    .set({
      contact: seal(keyring, contactPlace(personKey), { ...contact, email }),
      email_key: emailKey,
      link_dead_at: linkDeadAt,
      last_sent_at: now,
      resends: resends + (isRequested ? 1 : 0),
    })
    .where('person_key', '=', personKey);
}

/** Activates an account whose address was confirmed, if it is still pending with that address. */
export function activatingAccount(
  db: Kysely<Database>,
  { personKey, emailKey }: Pick<Account, 'personKey' | 'emailKey'>,
  now: Date,
): Compilable {
  return db
    .updateTable('account')
    .set({ status: 'active', confirmed_at: now, next_reminder_at: null })
    .where('person_key', '=', personKey)
    .where('status', '=', 'pending')
    .where('pending_until', '>', now)
    .where('email_key', '=', emailKey);
}
