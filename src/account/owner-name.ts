import type { Contact } from '#src/accounts/account.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { openRegistered } from '#src/register/store.ts';
import { beneficiaryName } from '#src/rights/names.ts';

/** The row of the register about somebody; nulls where it no longer has them. */
export interface OwnerRow {
  readonly insured_key: Buffer | null;
  readonly sealed: Buffer | null;
}

/** First given name, and the name in use; the birth name of the account where the register no longer has the person. */
export function ownerName(keyring: Keyring, contact: Contact, { insured_key, sealed }: OwnerRow): string {
  if (!insured_key || !sealed) return contact.names[0] ?? '';
  return beneficiaryName(openRegistered(keyring, insured_key, sealed));
}
