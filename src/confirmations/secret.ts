import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { readRoutedToken, secretBytes, writeRoutedToken } from '#src/crypto/routed-token.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';

/** What a mail carries (`token`, `code`) and what the database stores of it. */
export interface ConfirmationSecret {
  readonly id: string;
  /** The end of the link: opaque to all but the holder of the keys (`writeRoutedToken`). */
  readonly token: string;
  /** Decimal digits, typed on the waiting page. */
  readonly code: string;
  readonly tokenHash: Buffer;
  readonly codeHash: Buffer;
}

const use = 'email-link-route';

export function newSecret(
  keyring: Keyring,
  random: Random,
  personKey: Buffer,
  digits: number,
): ConfirmationSecret {
  const id = random.uuid();
  const secret = random.bytes(secretBytes);
  const token = writeRoutedToken(keyring, use, { version: keyring.current, personKey, secret });
  const code = random.digits(digits);
  return {
    id,
    token,
    code,
    tokenHash: secretHash(token),
    codeHash: fingerprint(keyring, 'email-code', personKey, id, code),
  };
}

/** The secret in a link as it arrives: mail programs break links, and add punctuation to their end. */
export function secretIn(token: string): string {
  return /^[\w-]+/.exec(token.replace(/[=\s]+/g, ''))?.[0] ?? '';
}

/** The key of the person that a link was written for; null for a link that the service did not write. */
export function personOfLink(keyring: Keyring, token: string): Buffer | null {
  return readRoutedToken(keyring, use, token)?.personKey ?? null;
}

/** Whether a typed code is the one whose keyed hash is stored, under any key still in use. */
export function codeMatches(
  keyring: Keyring,
  personKey: Buffer,
  id: string,
  typed: string,
  stored: Buffer,
): boolean {
  return keyring.versions.some((version) =>
    fingerprintWith(keyring, version, 'email-code', personKey, id, typed).equals(stored),
  );
}
