import { timingSafeEqual } from 'node:crypto';
import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';

/** What the register stores of the two proof values: keyed fingerprints, null if the caisse has no value. */
export interface StoredProof {
  readonly ibanVerifier: Buffer | null;
  readonly serialVerifier: Buffer | null;
}

const ibanUse = 'iban-tail';
const serialUse = 'card-serial';

/**
 * Fingerprint of the 7 last characters of an IBAN (capitals, no space), bound to the person: to the NIR (13 characters),
 * since a new master key gives the person another person key.
 */
export function ibanVerifier(keyring: Keyring, nir: string, tail: string): Buffer {
  return fingerprint(keyring, ibanUse, nir, tail);
}

/** Fingerprint of a card's serial as kept in the register (digits only), bound to the NIR in the same way. */
export function serialVerifier(keyring: Keyring, nir: string, serial: string): Buffer {
  return fingerprint(keyring, serialUse, nir, serial);
}

/**
 * Whether both typed values match the stored ones, without revealing which one failed. Both are always computed and
 * compared, under every key version and even if nothing is stored, so that the time reveals nothing. Values are the
 * normalised ones.
 */
export function proofAgrees(
  keyring: Keyring,
  nir: string,
  typed: { readonly tail: string; readonly serial: string },
  stored: StoredProof,
): boolean {
  let tailAgrees = 0;
  let serialAgrees = 0;
  for (const version of keyring.versions) {
    const tail = fingerprintWith(keyring, version, ibanUse, nir, typed.tail);
    const serial = fingerprintWith(keyring, version, serialUse, nir, typed.serial);
    tailAgrees |= same(tail, stored.ibanVerifier);
    serialAgrees |= same(serial, stored.serialVerifier);
  }
  return (tailAgrees & serialAgrees) === 1;
}

const nothing = Buffer.alloc(32);

function same(computed: Buffer, stored: Buffer | null): 0 | 1 {
  const equal = timingSafeEqual(computed, stored?.length === computed.length ? stored : nothing);
  return equal && stored !== null ? 1 : 0;
}
