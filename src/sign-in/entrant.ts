import { type Kysely, sql } from 'kysely';
import { openContact } from '#src/accounts/account.ts';
import type { KnownDevice, PresentedDevice } from '#src/credentials/known-devices.ts';
import { type PasswordCredential, passwordColumns, passwordOf } from '#src/credentials/password.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
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
  /** Their browser, if it has signed in to the account before. */
  readonly known: KnownDevice | null;
  /** Decrypted only when a notice is written. */
  address(): string;
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
  const row = await db
    .selectFrom('account as a')
    .leftJoin('credential', (join) =>
      join.onRef('credential.person_key', '=', 'a.person_key').on('credential.kind', '=', 'password'),
    )
    .leftJoin('known_device as d', (join) =>
      join
        .onRef('d.person_key', '=', 'a.person_key')
        .on((eb) =>
          eb.or([
            eb('d.token_hash', '=', sql<Buffer>`any(${devices}::bytea[])`),
            eb('d.request_hash', '=', sql<Buffer>`any(${requests}::bytea[])`),
          ]),
        )
        .on('d.expires_at', '>', now),
    )
    .select(['a.person_key', 'a.status', 'a.pending_until', 'a.closed_for', 'a.caisse_code'])
    .select(['a.created_in', 'a.language', 'a.contact', 'd.token_hash', 'd.with_password'])
    .select(passwordColumns)
    .where('a.person_key', 'in', persons)
    .executeTakeFirst();
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
    known: tokenHash && withPassword !== null ? { tokenHash, withPassword } : null,
    address: () => openContact(keyring, personKey, row.contact).email,
  };
}

/**
 * Whether a password may be judged for an account: one that is active or pending, also when its address was not confirmed
 * in time, or that was closed because its person died or left the register.
 */
export function takesPassword({ status, closedFor }: Entrant): boolean {
  return status === 'active' || status === 'pending' || closedFor !== null;
}
