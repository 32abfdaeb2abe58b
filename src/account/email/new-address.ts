import { z } from 'zod';
import type { Account } from '#src/accounts/account.ts';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';

/** An unconfirmed address, as stored. */
export interface NewAddress {
  /** Id of the confirmation. */
  readonly id: string;
  readonly address: Buffer | null;
  readonly account: Account;
}

function addressPlace(personKey: Buffer, id: string): Place {
  return { table: 'email_confirmation', column: 'address', row: [personKey, id] };
}

export function sealAddress(keyring: Keyring, personKey: Buffer, id: string, address: string): Buffer {
  return seal(keyring, addressPlace(personKey, id), address);
}

export function openAddress(keyring: Keyring, personKey: Buffer, id: string, sealed: Buffer): string {
  return z.string().parse(unseal(keyring, addressPlace(personKey, id), sealed));
}
