import { z } from 'zod';

/** A public key that verifies signatures, of exactly the shape that its algorithm needs. */
const common = {
  kid: z.string().max(200).optional(),
  use: z.literal('sig').optional(),
};

/** `length`: of a coordinate in base64url. */
function ellipticKey(alg: string, crv: string, length: number) {
  const coordinate = z
    .string()
    .length(length)
    .regex(/^[\w-]+$/);
  return z.object({
    kty: z.literal('EC'),
    crv: z.literal(crv),
    x: coordinate,
    y: coordinate,
    alg: z.literal(alg).optional(),
    ...common,
  });
}

/** RSA of 2048 to 8192 bits with an odd exponent of 3 bytes at most and 65537 at least, as every provider has. */
function rsaKey(alg: string) {
  return z.object({
    kty: z.literal('RSA'),
    n: z.string().regex(/^[\w-]{342,1366}$/),
    e: z.literal('AQAB'),
    alg: z.literal(alg).optional(),
    ...common,
  });
}

/**
 * The signatures that are understood: asymmetric ones only, so that nothing the provider publishes can be taken for a
 * secret. `hash`: of the access token, in `at_hash` (OpenID Connect Core 3.1.3.6).
 */
export const signingAlgorithms = {
  ES256: { hash: 'sha256', key: ellipticKey('ES256', 'P-256', 43) },
  ES384: { hash: 'sha384', key: ellipticKey('ES384', 'P-384', 64) },
  RS256: { hash: 'sha256', key: rsaKey('RS256') },
  PS256: { hash: 'sha256', key: rsaKey('PS256') },
} as const;

export type SigningAlgorithm = keyof typeof signingAlgorithms;
