import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { signingAlgorithms } from '#src/oidc/algorithms.ts';

/** Ed25519, which no OpenID provider here uses. */
const edwardsKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
  alg: z.enum(['EdDSA', 'Ed25519']).optional(),
  kid: z.string().max(200).optional(),
  use: z.literal('sig').optional(),
});

/** The signatures of senders that are understood. */
export const senderAlgorithms = ['ES256', 'RS256', 'EdDSA'] as const;

const publicKey = z.union([signingAlgorithms.ES256.key, signingAlgorithms.RS256.key, edwardsKey]);

/** A JSON Web Key Set of public keys; several have a `kid` each, by which one is chosen. */
export const publicKeysSchema = z
  .object({ keys: z.array(publicKey).min(1).max(10) })
  .refine(
    ({ keys }) => keys.length === 1 || new Set(keys.map(({ kid }) => kid ?? null)).size === keys.length,
    'several keys need a kid each',
  );

export type PublicKeys = z.infer<typeof publicKeysSchema>;

export type KeysReading =
  | { readonly ok: true; readonly keys: PublicKeys }
  | { readonly ok: false; readonly reason: 'private' | 'keys' };

/** The JWK of a public key in PEM, as OpenSSL writes it; null for any other text. */
export function jwkOfPem(text: string): unknown {
  if (!text.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) return null;
  try {
    return createPublicKey(text).export({ format: 'jwk' });
  } catch {
    return null;
  }
}

/** Reads a JWKS, or one JWK. A file with a private key is refused: it should not have left its machine. */
export function readPublicKeys(value: unknown): KeysReading {
  const set = typeof value === 'object' && value !== null && !('keys' in value) ? { keys: [value] } : value;
  const parts = z.object({ keys: z.array(z.looseObject({})) }).safeParse(set);
  if (!parts.success) return { ok: false, reason: 'keys' };
  if (parts.data.keys.some((key) => 'd' in key || 'k' in key)) return { ok: false, reason: 'private' };
  const read = publicKeysSchema.safeParse(set);
  return read.success ? { ok: true, keys: read.data } : { ok: false, reason: 'keys' };
}
