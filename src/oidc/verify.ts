import { hash, timingSafeEqual } from 'node:crypto';
import { type SigningAlgorithm, signingAlgorithms } from '#src/oidc/algorithms.ts';
import type { Profile } from '#src/oidc/profile.ts';
import { toleratedSkewSeconds } from '#src/time/clock.ts';

type Claims = Readonly<Record<string, unknown>>;

interface ExpectedIdToken {
  readonly clientId: string;
  readonly acr: Profile<unknown>['acr'];
  readonly algorithm: SigningAlgorithm;
  readonly accessToken: string;
}

/**
 * What the OpenID library leaves to its user, about an ID token whose signature, issuer, audience, nonce and end it
 * has verified. Answers the name of what is wrong, or null.
 *
 * - `sub`: 1 to 255 visible characters;
 * - `iat`: not in the future (`now` in seconds);
 * - `azp`: where it stands, ourselves;
 * - `acr`: where the profile has levels, at least the one that was asked for, whatever was asked of the provider;
 * - `at_hash`: where it stands, that of the access token, by the hash of the signature.
 */
export function idTokenFault(
  claims: Claims,
  { clientId, acr, algorithm, accessToken }: ExpectedIdToken,
  now: number,
): string | null {
  if (typeof claims.sub !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(claims.sub)) return 'sub';
  if (typeof claims.iat !== 'number' || claims.iat > now + toleratedSkewSeconds) return 'iat';
  if (claims.azp !== undefined && claims.azp !== clientId) return 'azp';
  if (acr && rank(acr.levels, claims.acr) < Math.max(rank(acr.levels, acr.least), 0)) return 'acr';
  if (claims.at_hash !== undefined && !isHashOf(claims.at_hash, accessToken, algorithm)) return 'at_hash';
  return null;
}

/** The same about a signed userinfo: made by the issuer, for us, not in the future. */
export function userinfoFault(
  claims: Claims,
  expected: { readonly clientId: string; readonly issuer: string },
  now: number,
): string | null {
  if (claims.iss !== expected.issuer) return 'userinfo-iss';
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (!audience.includes(expected.clientId)) return 'userinfo-aud';
  if (
    claims.iat !== undefined &&
    !(typeof claims.iat === 'number' && claims.iat <= now + toleratedSkewSeconds)
  )
    return 'userinfo-iat';
  return null;
}

/** -1 for what is no level. */
function rank(levels: readonly unknown[], acr: unknown): number {
  return levels.indexOf(acr);
}

function isHashOf(claimed: unknown, accessToken: string, algorithm: SigningAlgorithm): boolean {
  if (typeof claimed !== 'string') return false;
  const digest = hash(signingAlgorithms[algorithm].hash, accessToken, 'buffer');
  const right = Buffer.from(digest.subarray(0, digest.length / 2).toString('base64url'));
  const sent = Buffer.from(claimed);
  return sent.length === right.length && timingSafeEqual(sent, right);
}
