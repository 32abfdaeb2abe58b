import { hash, timingSafeEqual } from 'node:crypto';
import { type AssuranceLevel, assuranceLevels } from '#src/oidc/settings.ts';
import { toleratedSkewSeconds } from '#src/time/clock.ts';

type Claims = Readonly<Record<string, unknown>>;

/**
 * What the OpenID library leaves to its user, about an ID token whose signature, issuer, audience, nonce and end it
 * has verified. Answers the name of what is wrong, or null.
 *
 * - `sub`: 1 to 255 visible characters;
 * - `iat`: not in the future (`now` in seconds);
 * - `azp`: where it stands, ourselves;
 * - `acr`: at least the level that was asked for, whatever was asked of the provider;
 * - `at_hash`: where it stands, that of the access token (SHA-256, since only ES256 is accepted).
 */
export function idTokenFault(
  claims: Claims,
  expected: { readonly clientId: string; readonly acr: AssuranceLevel; readonly accessToken: string },
  now: number,
): string | null {
  if (typeof claims.sub !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(claims.sub)) return 'sub';
  if (typeof claims.iat !== 'number' || claims.iat > now + toleratedSkewSeconds) return 'iat';
  if (claims.azp !== undefined && claims.azp !== expected.clientId) return 'azp';
  if (rank(claims.acr) < rank(expected.acr)) return 'acr';
  if (claims.at_hash !== undefined && !isHashOf(claims.at_hash, expected.accessToken)) return 'at_hash';
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

function rank(acr: unknown): number {
  const levels: readonly unknown[] = assuranceLevels;
  return levels.indexOf(acr);
}

function isHashOf(claimed: unknown, accessToken: string): boolean {
  if (typeof claimed !== 'string') return false;
  const known = Buffer.from(hash('sha256', accessToken, 'buffer').subarray(0, 16).toString('base64url'));
  const told = Buffer.from(claimed);
  return told.length === known.length && timingSafeEqual(told, known);
}
