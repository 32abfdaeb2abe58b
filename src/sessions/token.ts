import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import { type RoutedToken, readRoutedToken, writeRoutedToken } from '#src/crypto/routed-token.ts';

/** How a token travels. A token of one carrier is not accepted by the other. */
export type Carrier = 'cookie' | 'bearer';

/** A token decrypted with our keys. What is stored of its session is derived from the same master key. */
export interface Token extends RoutedToken {
  readonly carrier: Carrier;
}

/** Encodes an opaque token: without our keys it identifies no one; with them it says where its session is stored. */
export function writeToken(keyring: Keyring, { carrier, ...token }: Token): string {
  return writeRoutedToken(keyring, `session-route-${carrier}`, token);
}

/** Reads what `writeToken` wrote; null for a token that is not ours, or of a master key that is not configured. */
export function readToken(keyring: Keyring, carrier: Carrier, token: string): Token | null {
  const read = readRoutedToken(keyring, `session-route-${carrier}`, token);
  return read && { carrier, ...read };
}

/** What is stored of a token: it covers the person, so that no token finds a row that was moved to another person. */
export function tokenHash(keyring: Keyring, { carrier, version, personKey, secret }: Token): Buffer {
  return fingerprintWith(keyring, version, `session-${carrier}`, personKey, secret);
}

/** The secret of the token that succeeds a token when this very request changes its session. */
export function nextSecret(keyring: Keyring, token: Token, request: Buffer): Buffer {
  return fingerprintWith(keyring, token.version, `session-next-${token.carrier}`, token.secret, request);
}

/** The secret of the token under which a request opens a person’s session, where it can do so only once. */
export function onceSecret(keyring: Keyring, version: number, personKey: Buffer, request: Buffer): Buffer {
  return fingerprintWith(keyring, version, 'session-once', personKey, request);
}
