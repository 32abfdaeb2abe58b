import type { Insertable, Kysely } from 'kysely';
import { type Contact, contactPlace } from '#src/accounts/account.ts';
import { type Keyring, seal } from '#src/crypto/keyring.ts';
import type { AccountTable, Database } from '#src/database/tables.ts';
import type { Language } from '#src/texts/language.ts';

export interface NewPendingAccount {
  readonly personKey: Buffer;
  readonly contact: Contact;
  /** Of the address in `contact`. */
  readonly emailKey: Buffer;
  readonly language: Language;
  readonly caisseCode: string;
  /** How and when the person proved who they are. */
  readonly proof: { readonly route: string; readonly at: string };
  readonly linkDeadAt: Date;
  readonly pendingUntil: Date;
  readonly nextReminderAt: Date | null;
}

export type StoredPending =
  /** `freedKey`: of the address of the account that it takes the place of. */
  | { readonly kind: 'stored'; readonly freedKey: Buffer | null }
  /** The person has an account that this one may not replace. */
  | { readonly kind: 'taken' };

/**
 * Stores an account that waits for its address to be confirmed. There is one account per person: it takes the place of
 * one that is pending too, if that one is over or was made before this proof. It may be a thief's, and whoever proves
 * later is at least as well known.
 */
export async function storePending(
  trx: Kysely<Database>,
  keyring: Keyring,
  account: NewPendingAccount,
  now: Date,
): Promise<StoredPending> {
  const { personKey, proof } = account;
  const before = await trx
    .selectFrom('account')
    .select(['status', 'email_key', 'created_at', 'pending_until'])
    .where('person_key', '=', personKey)
    .forUpdate()
    .executeTakeFirst();
  const row = rowOf(keyring, account, now);
  if (before) {
    const isOver = before.pending_until <= now || before.created_at < new Date(proof.at);
    if (before.status !== 'pending' || !isOver) return { kind: 'taken' };
    await trx
      .updateTable('account')
      .set({ ...row, resends: 0 })
      .where('person_key', '=', personKey)
      .execute();
    return { kind: 'stored', freedKey: before.email_key };
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
  } as const satisfies Omit<Insertable<AccountTable>, 'person_key'>;
}
