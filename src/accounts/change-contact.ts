import type { Compilable, Kysely } from 'kysely';
import { type Account, contactPlace } from '#src/accounts/account.ts';
import { type Keyring, seal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** E.164; null for none. */
export interface Telephones {
  readonly portable: string | null;
  readonly fixe: string | null;
}

/** Stores both telephone numbers of an account: no row changes unless it is active, with the contact that was read. */
export function storingTelephones(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, contact, sealedContact }: Account,
  { portable, fixe }: Telephones,
): Compilable {
  return db
    .updateTable('account')
    .set({ contact: seal(keyring, contactPlace(personKey), { ...contact, portable, fixe }) })
    .where('person_key', '=', personKey)
    .where('status', '=', 'active')
    .where('contact', '=', sealedContact);
}

/** Replaces the address of an account that the caller has locked by a confirmed one. */
export function storingAddress(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, contact }: Account,
  { email, emailKey }: { readonly email: string; readonly emailKey: Buffer },
): Compilable {
  return db
    .updateTable('account')
    .set({ contact: seal(keyring, contactPlace(personKey), { ...contact, email }), email_key: emailKey })
    .where('person_key', '=', personKey);
}
