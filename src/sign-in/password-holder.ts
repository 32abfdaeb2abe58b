import type { Kysely } from 'kysely';
import { accountColumns, openContact } from '#src/accounts/account.ts';
import { type PasswordCredential, passwordColumns, passwordOf } from '#src/credentials/password.ts';
import { type Keyring, personKeys } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { noticeLanguage } from '#src/notices/notice.ts';
import type { Language } from '#src/texts/language.ts';

/** The person whose password signs in. The address is decrypted only when a notice is written. */
export interface PasswordHolder {
  readonly personKey: Buffer;
  readonly password: PasswordCredential | null;
  readonly language: Language;
  address(): string;
}

/**
 * The person whose password signs in with a NIR: the owner of an account that is active or pending, also when its address was
 * not confirmed in time, or that was closed because its person died. One query, whether or not the NIR has an account.
 */
export async function findPasswordHolder(
  db: Kysely<Database>,
  keyring: Keyring,
  nir: string,
): Promise<PasswordHolder | null> {
  const row = await db
    .selectFrom('account')
    .leftJoin('credential', (join) =>
      join.onRef('credential.person_key', '=', 'account.person_key').on('credential.kind', '=', 'password'),
    )
    .select([...accountColumns, ...passwordColumns])
    .where('account.person_key', 'in', personKeys(keyring, nir))
    .executeTakeFirst();
  if (!row) return null;
  const { person_key: personKey, status } = row;
  if (status !== 'active' && status !== 'pending' && row.closed_for === null) return null;
  return {
    personKey,
    password: passwordOf(row),
    language: noticeLanguage(row.language),
    address: () => openContact(keyring, personKey, row.contact).email,
  };
}
