import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';

/** What an opaque token holds, readable with our keys only. */
export interface RoutedToken {
  /** The version of the master key that made it. */
  readonly version: number;
  /** The person among whose rows the token is stored. */
  readonly personKey: Buffer;
  readonly secret: Buffer;
}

const versionBytes = 4;
const keyBytes = 32;
export const secretBytes = 32;
const shape = /^[\w-]{91}$/;

/**
 * A token is the number of the master key, the person key masked by a keyed fingerprint of the secret, and the secret
 * (256 bits). Without our keys it is 64 random bytes that identify nobody; with them it gives the person key under which
 * it is stored, so that the look-up queries one shard. `use` keeps the tokens of two uses apart.
 */
export function writeRoutedToken(
  keyring: Keyring,
  use: string,
  { version, personKey, secret }: RoutedToken,
): string {
  const head = Buffer.alloc(versionBytes);
  head.writeUInt32BE(version);
  const masked = exclusiveOr(personKey, fingerprintWith(keyring, version, use, secret));
  return Buffer.concat([head, masked, secret]).toString('base64url');
}

/** Reads what `writeRoutedToken` wrote; null for what cannot be ours, or is of a master key that is not configured. */
export function readRoutedToken(keyring: Keyring, use: string, token: string): RoutedToken | null {
  if (!shape.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const version = bytes.readUInt32BE(0);
  if (!keyring.versions.includes(version)) return null;
  const secret = bytes.subarray(versionBytes + keyBytes);
  const masked = bytes.subarray(versionBytes, versionBytes + keyBytes);
  const personKey = exclusiveOr(masked, fingerprintWith(keyring, version, use, secret));
  return { version, personKey, secret };
}

function exclusiveOr(left: Buffer, right: Buffer): Buffer {
  const bytes = Buffer.alloc(left.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (left[i] ?? 0) ^ (right[i] ?? 0);
  return bytes;
}
