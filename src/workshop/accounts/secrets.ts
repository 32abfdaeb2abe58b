import type { Random } from '#src/crypto/random.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';

/** A secret for a link or a cookie, and what is stored of it. */
export interface MadeSecret {
  readonly secret: string;
  readonly digest: Buffer;
}

export function makeSecret(random: Random): MadeSecret {
  const secret = random.bytes(32).toString('base64url');
  return { secret, digest: secretHash(secret) };
}

/** The digest of a secret that was sent; null for what is none. */
export function digestOf(secret: string): Buffer | null {
  return /^[\w-]{43}$/.test(secret) ? secretHash(secret) : null;
}

export function newTrainerId(random: Random): string {
  return random.bytes(8).toString('hex');
}

/** How long a link of an invitation is good. */
export const invitationDays = 7;
