import type { Kysely } from 'kysely';
import { isLive, openContact } from '#src/accounts/account.ts';
import { findSubjectHolders } from '#src/accounts/franceconnect-link.ts';
import { type KnownDevice, type PresentedDevice, presentedDevice } from '#src/credentials/known-devices.ts';
import {
  type PasswordCredential,
  type PasswordRow,
  passwordColumns,
  passwordOf,
} from '#src/credentials/password.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { prepared } from '#src/database/prepared.ts';
import type { AccountTable, Database } from '#src/database/tables.ts';
import { noticeLanguage } from '#src/notices/notice.ts';
import type { Language } from '#src/texts/language.ts';

/** An account that somebody wants to enter, as it was when they arrived. */
export interface Entrant {
  readonly personKey: Buffer;
  readonly status: AccountTable['status'];
  readonly pendingUntil: Date;
  readonly closedFor: AccountTable['closed_for'];
  readonly caisseCode: string | null;
  /** The browser where it was created, until somebody has entered it. */
  readonly createdIn: Buffer | null;
  readonly language: Language;
  readonly password: PasswordCredential | null;
  /** The key of the FranceConnect subject that it is linked to. */
  readonly linkedTo: Buffer | null;
  /** Their browser, if it has signed in to the account before. */
  readonly known: KnownDevice | null;
  /** Decrypted only when a notice is written. */
  address(): string;
}

const entrantQuery = `
  select a.person_key, a.status, a.pending_until, a.closed_for, a.caisse_code, a.created_in, a.language, a.contact,
    l.subject_key, d.token_hash, d.with_password, ${passwordColumns.join(', ')}
  from account a
  left join franceconnect_link l on l.person_key = a.person_key
  left join credential on credential.person_key = a.person_key and credential.kind = 'password'
  left join known_device d on d.person_key = a.person_key and d.expires_at > $4
    and (d.token_hash = any($2::bytea[]) or d.request_hash = any($3::bytea[]))
  where a.person_key = any($1::bytea[])`;

interface Row
  extends PasswordRow,
    Pick<AccountTable, 'person_key' | 'status' | 'pending_until' | 'closed_for' | 'caisse_code'>,
    Pick<AccountTable, 'created_in' | 'language' | 'contact'> {
  readonly subject_key: Buffer | null;
  /** Of the browser; null where the account does not know it. */
  readonly token_hash: Buffer | null;
  readonly with_password: boolean | null;
}

/**
 * The account of a person, by their keys, with its password and the browser that presents itself, where it knows that.
 * One query, whether or not there is an account.
 */
export async function findEntrant(
  db: Kysely<Database>,
  keyring: Keyring,
  { persons, devices, requests }: PresentedDevice,
  now: Date,
): Promise<Entrant | null> {
  const { rows } = await db.executeQuery(prepared<Row>(entrantQuery, [persons, devices, requests, now]));
  const [row] = rows;
  if (!row) return null;
  const { person_key: personKey, token_hash: tokenHash, with_password: withPassword } = row;
  return {
    personKey,
    status: row.status,
    pendingUntil: row.pending_until,
    closedFor: row.closed_for,
    caisseCode: row.caisse_code,
    createdIn: row.created_in,
    language: noticeLanguage(row.language),
    password: passwordOf(row),
    linkedTo: row.subject_key,
    known: tokenHash && withPassword !== null ? { tokenHash, withPassword } : null,
    address: () => openContact(keyring, personKey, row.contact).email,
  };
}

/** The live account that is linked to a subject of FranceConnect, by its keys; null when there is none. */
export async function findLinkedEntrant(
  db: Kysely<Database>,
  keyring: Keyring,
  { subjects, device }: { readonly subjects: readonly Buffer[]; readonly device: string },
  now: Date,
): Promise<Entrant | null> {
  for (const { subject, personKey } of await findSubjectHolders(db, subjects)) {
    const entrant = await findEntrant(db, keyring, presentedDevice([personKey], device), now);
    if (entrant?.linkedTo?.equals(subject) && isLive(entrant, now)) return entrant;
  }
  return null;
}

/**
 * Whether a password may be judged for an account: one that is active or pending, also when its address was not confirmed
 * in time, or that was closed because its person died or left the register.
 */
export function takesPassword({ status, closedFor }: Entrant): boolean {
  return status === 'active' || status === 'pending' || closedFor !== null;
}
