import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';

/** How a token travels. What one carrier brings opens nothing by the other. */
export type Carrier = 'cookie' | 'bearer';

/** What our keys read in a token. */
export interface Token {
  readonly carrier: Carrier;
  /** Of the master key that made it: what is stored of the session is made under the same one. */
  readonly version: number;
  readonly personKey: Buffer;
  readonly secret: Buffer;
}

const versionBytes = 4;
const keyBytes = 32;
export const secretBytes = 32;
const shape = /^[\w-]{91}$/;

/**
 * A token is the number of the master key, the person key masked by a keyed fingerprint of the secret, and the secret
 * (256 bits). Without our keys it is 64 random bytes that name nobody; with them it says in which person’s rows its
 * session stands, so that looking it up asks one place.
 */
export function writeToken(keyring: Keyring, { carrier, version, personKey, secret }: Token): string {
  const head = Buffer.alloc(versionBytes);
  head.writeUInt32BE(version);
  const masked = exclusiveOr(personKey, mask(keyring, version, carrier, secret));
  return Buffer.concat([head, masked, secret]).toString('base64url');
}

/** Reads what `writeToken` wrote; null for what cannot be ours, or is of a master key that is not configured. */
export function readToken(keyring: Keyring, carrier: Carrier, token: string): Token | null {
  if (!shape.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const version = bytes.readUInt32BE(0);
  if (!keyring.versions.includes(version)) return null;
  const secret = bytes.subarray(versionBytes + keyBytes);
  const masked = bytes.subarray(versionBytes, versionBytes + keyBytes);
  return {
    carrier,
    version,
    personKey: exclusiveOr(masked, mask(keyring, version, carrier, secret)),
    secret,
  };
}

/** What is stored of a token: it holds the person, so that a row moved to somebody else is found by no token. */
export function tokenHash(keyring: Keyring, { carrier, version, personKey, secret }: Token): Buffer {
  return fingerprintWith(keyring, version, `session-${carrier}`, personKey, secret);
}

/** The secret of the token that follows a token, when it is this very request that changes its session. */
export function nextSecret(keyring: Keyring, token: Token, request: Buffer): Buffer {
  return fingerprintWith(keyring, token.version, `session-next-${token.carrier}`, token.secret, request);
}

/** The secret of the token that a request opens a person’s session with, where it can do so only once. */
export function onceSecret(keyring: Keyring, version: number, personKey: Buffer, request: Buffer): Buffer {
  return fingerprintWith(keyring, version, 'session-once', personKey, request);
}

function mask(keyring: Keyring, version: number, carrier: Carrier, secret: Buffer): Buffer {
  return fingerprintWith(keyring, version, `session-route-${carrier}`, secret);
}

function exclusiveOr(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}
