import { timingSafeEqual } from 'node:crypto';
import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';

const use = 'provisional-code';

/** The stored hash of a code, bound to the person and to the row: it matches nowhere else. */
export function codeHash(keyring: Keyring, personKey: Buffer, id: string, code: string): Buffer {
  return fingerprint(keyring, use, personKey, id, code);
}

/** Whether a code matches the stored hash, under any key still in use; always the same work. */
export function codeAgrees(
  keyring: Keyring,
  { personKey, id }: { readonly personKey: Buffer; readonly id: string },
  code: string,
  stored: Buffer,
): boolean {
  const agreements = keyring.versions.map((version) =>
    timingSafeEqual(fingerprintWith(keyring, version, use, personKey, id, code), stored),
  );
  return agreements.includes(true);
}
