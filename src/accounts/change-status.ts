import { type CompiledQuery, type Kysely, sql } from 'kysely';
import { prepared } from '#src/database/prepared.ts';
import type { AccountTable, Database } from '#src/database/tables.ts';

const signedIn = {
  account: `
    update account set last_used_at = $2, unused_warned_at = null, created_in = null
    where person_key = $1 and status = 'active'`,
  waiting: `
    update account set last_used_at = $2, unused_warned_at = null
    where person_key = $1 and status = 'pending' and pending_until > $2`,
};

/**
 * Notes that an account is entered now, and withdraws the warning that it is unused; no row changes when it is not (any
 * more) what it opens: active, or pending. The browser of its creation is remembered until somebody has entered it.
 */
export function notingSignedIn(personKey: Buffer, opens: 'account' | 'waiting', now: Date): CompiledQuery {
  return prepared(signedIn[opens], [personKey, now]);
}

/** Freezes a disputed account: nobody can enter it any more. */
export async function markFrozen(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('account')
    .set({ status: 'frozen', frozen_at: now, next_reminder_at: null })
    .where('person_key', '=', personKey)
    .execute();
}

/** What an account was before an operator closed its doors. */
export type OpenStatus = NonNullable<AccountTable['disabled_from']>;

/**
 * Closes the doors of an account and remembers what it was. Null, and nothing changed, when there is none, it was not
 * confirmed in time, an operator has closed it before, or the register says that its person died.
 */
export async function markDisabled(
  trx: Kysely<Database>,
  personKey: Buffer,
  now: Date,
): Promise<OpenStatus | null> {
  const disabled = await trx
    .updateTable('account')
    .set({ status: 'disabled', disabled_from: sql<OpenStatus>`status`, disabled_since: now })
    .where('person_key', '=', personKey)
    .where('closed_for', 'is', null)
    .where((eb) =>
      eb.or([
        eb('status', 'in', ['active', 'frozen']),
        eb('status', '=', 'pending').and('pending_until', '>', now),
      ]),
    )
    .returning('disabled_from')
    .executeTakeFirst();
  return disabled?.disabled_from ?? null;
}

/**
 * Makes an account what it was before an operator closed its doors; null when none has, or the register closed it since. The
 * time since then counts as use: nobody could sign in.
 */
export async function markEnabled(
  trx: Kysely<Database>,
  personKey: Buffer,
  now: Date,
): Promise<OpenStatus | null> {
  const enabled = await trx
    .updateTable('account')
    .set({
      status: sql<OpenStatus>`disabled_from`,
      disabled_from: null,
      disabled_since: null,
      last_used_at: now,
      unused_warned_at: null,
    })
    .where('person_key', '=', personKey)
    .where('status', '=', 'disabled')
    .where('disabled_since', 'is not', null)
    .where('closed_for', 'is', null)
    .returning('status')
    .executeTakeFirst();
  return enabled && enabled.status !== 'disabled' ? enabled.status : null;
}
