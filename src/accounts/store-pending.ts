import type { Compilable, Insertable, Kysely } from 'kysely';
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

/**
 * Whether a new account may replace the one that a person has: if that is pending too, and has expired or was created
 * before this proof. The older one may be an impostor’s, and the later proof is at least as good.
 */
export function mayReplace(before: Account, proof: NewPendingAccount['proof'], now: Date): boolean {
  const isOver = before.pendingUntil <= now || before.createdAt < new Date(proof.at);
  return before.status === 'pending' && isOver;
}

/**
 * Stores a pending account. There is one account per person: where there is one, no row changes, unless `replaces`. That
 * one `mayReplace`, and the caller has locked it (`lockStanding`).
 */
export function storingPending(
  db: Kysely<Database>,
  keyring: Keyring,
  account: NewPendingAccount,
  { replaces }: { readonly replaces: boolean },
  now: Date,
): Compilable {
  const { personKey } = account;
  const row = rowOf(keyring, account, now);
  return replaces
    ? db
        .updateTable('account')
        .set({ ...row, resends: 0 })
        .where('person_key', '=', personKey)
    : db
        .insertInto('account')
        .values({ ...row, person_key: personKey })
        .onConflict((conflict) => conflict.column('person_key').doNothing());
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
