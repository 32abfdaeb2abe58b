import type { Insertable, Kysely } from 'kysely';
import { type Account, type Contact, contactPlace } from '#src/accounts/account.ts';
import { type Keyring, seal } from '#src/crypto/keyring.ts';
import type { AccountTable, Database } from '#src/database/tables.ts';
import type { Language } from '#src/texts/language.ts';

export interface NewPendingAccount {
  readonly personKey: Buffer;
  readonly contact: Contact;
  /** Key of the address in `contact`. */
  readonly emailKey: Buffer;
  readonly language: Language;
  readonly caisseCode: string;
  /** How and when the person proved who they are. */
  readonly proof: { readonly route: string; readonly at: string };
  readonly linkDeadAt: Date;
  readonly pendingUntil: Date;
  readonly nextReminderAt: Date | null;
  /** The browser where it is created, as `known_device` stores one; null without one. */
  readonly createdIn: Buffer | null;
}

export type StoredPending =
  /** `freedKey`: key of the address of the account that it replaces. */
  | { readonly kind: 'stored'; readonly freedKey: Buffer | null }
  /** The person has an account that may not be replaced. */
  | { readonly kind: 'taken' };

/**
 * Stores a pending account. There is one account per person: it replaces an account that is pending too, if that one
 * has expired or was created before this proof. The older one may be an impostor's, and the later proof is at least as
 * good. `before`: the existing account, which the caller has locked (`lockStanding`); null when there is none.
 */
export async function storePending(
  trx: Kysely<Database>,
  keyring: Keyring,
  account: NewPendingAccount,
  before: Account | null,
  now: Date,
): Promise<StoredPending> {
  const { personKey, proof } = account;
  const row = rowOf(keyring, account, now);
  if (before) {
    const isOver = before.pendingUntil <= now || before.createdAt < new Date(proof.at);
    if (before.status !== 'pending' || !isOver) return { kind: 'taken' };
    await trx
      .updateTable('account')
      .set({ ...row, resends: 0 })
      .where('person_key', '=', personKey)
      .execute();
    return { kind: 'stored', freedKey: before.emailKey };
  }
  const stored = await trx
    .insertInto('account')
    .values({ ...row, person_key: personKey })
    .onConflict((conflict) => conflict.column('person_key').doNothing())
    .returning('person_key')
    .executeTakeFirst();
  return stored ? { kind: 'stored', freedKey: null } : { kind: 'taken' };
}

function rowOf(keyring: Keyring, account: NewPendingAccount, now: Date) {
  const { personKey, contact, emailKey, language, caisseCode, proof } = account;
  return {
    status: 'pending',
    contact: seal(keyring, contactPlace(personKey), contact),
    email_key: emailKey,
    language,
    route: proof.route,
    caisse_code: caisseCode,
    created_at: now,
    pending_until: account.pendingUntil,
    link_dead_at: account.linkDeadAt,
    next_reminder_at: account.nextReminderAt,
    last_sent_at: now,
    last_used_at: now,
    created_in: account.createdIn,
  } as const satisfies Omit<Insertable<AccountTable>, 'person_key'>;
}
