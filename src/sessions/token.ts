import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import { type RoutedToken, readRoutedToken, writeRoutedToken } from '#src/crypto/routed-token.ts';

/** How a token travels. What one carrier brings opens nothing by the other. */
export type Carrier = 'cookie' | 'bearer';

/** What our keys read in a token. What is stored of its session is made under the same master key. */
export interface Token extends RoutedToken {
  readonly carrier: Carrier;
}

/** As an opaque token that names nobody without our keys, and with them says where its session is stored. */
export function writeToken(keyring: Keyring, { carrier, ...token }: Token): string {
  return writeRoutedToken(keyring, `session-route-${carrier}`, token);
}

/** Reads what `writeToken` wrote; null for what cannot be ours, or is of a master key that is not configured. */
export function readToken(keyring: Keyring, carrier: Carrier, token: string): Token | null {
  const read = readRoutedToken(keyring, `session-route-${carrier}`, token);
  return read && { carrier, ...read };
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
