import { timingSafeEqual } from 'node:crypto';
import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';

const use = 'provisional-code';

/** What is kept of a code: bound to the person and to this very code, so that it is good for nobody else. */
export function codeHash(keyring: Keyring, personKey: Buffer, id: string, code: string): Buffer {
  return fingerprint(keyring, use, personKey, id, code);
}

/** Whether a code is the one that was stored, under any key that is still known: the same work in any case. */
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
