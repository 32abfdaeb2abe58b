import type { webcrypto } from 'node:crypto';
import type { Secret } from '#src/crypto/secret.ts';
import type { SigningAlgorithm } from '#src/oidc/algorithms.ts';

/** How this service is known to one provider. */
export interface ClientSettings {
  /** Without a final slash, exactly as the provider names itself. http only on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** Sent in the body, or in the header where the provider takes it nowhere else; not needed with a signing key. */
  readonly clientSecret: Secret<string> | null;
  /** Private key for `private_key_jwt`, ES256: it goes before the secret. */
  readonly signingKey: Secret<webcrypto.JsonWebKey> | null;
  /** Private key that ID tokens and userinfo are encrypted for. */
  readonly encryptionKey: Secret<webcrypto.JsonWebKey> | null;
  /**
   * A provider within this program: its issuer is a name that stays the same, and no address. The origins where this
   * service and browsers find it instead.
   */
  readonly within?: { readonly service: string; readonly browser: string };
}

/** What of the provider's own description a request may depend on. */
export interface Supported {
  /** Null where it does not list them. */
  readonly scopes: readonly string[] | null;
  /** Whether it takes the `claims` parameter. */
  readonly claimsParameter: boolean;
}

/**
 * One kind of provider: what is asked of it, what is accepted, and how its claims become an identity. The client
 * enforces it; nothing that the provider announces of itself can weaken it.
 */
export interface Profile<Identity> {
  /** Names the provider in stored journeys: one that began with it cannot end with another. */
  readonly name: string;
  /** Paths of this service that the provider sends browsers back to; `signedOut` null: it is never asked for a logout. */
  readonly paths: { readonly callback: string; readonly signedOut: string | null };
  /** The only algorithm that ID tokens may be signed with. */
  readonly idTokenAlgorithm: SigningAlgorithm;
  /**
   * The source of the claims about the person: the ID token alone; userinfo, signed with this algorithm only; or
   * userinfo as plain JSON, which nothing but TLS protects.
   */
  readonly claims: 'id-token' | 'plain-userinfo' | { readonly signedUserinfo: SigningAlgorithm };
  /** Levels of guarantee, the weakest first: the least is asked for, and nothing below is accepted. Null: none is asked. */
  readonly acr: { readonly levels: readonly string[]; readonly least: string } | null;
  /** Parameters of the request besides those of the protocol itself: `scope`, `prompt`, `claims`, `login_hint` … */
  parameters(supported: Supported): { readonly scope: string; readonly [name: string]: string };
  /** Who somebody is, by verified claims. */
  identityOf(claims: unknown): Identity;
  /** What `access_denied` means, by its description. */
  refusalOf(description: string): RefusedReason;
}

/** The person went back, or the provider does not find them, or not for certain. */
export type RefusedReason = 'cancelled' | 'not-recognised';
