import type { webcrypto } from 'node:crypto';
import type { Secret } from '#src/crypto/secret.ts';

/** Levels of guarantee, the weakest first: what is asked, and the least that is accepted. */
export const assuranceLevels = ['eidas1', 'eidas2', 'eidas3'] as const;
export type AssuranceLevel = (typeof assuranceLevels)[number];

/** The OpenID provider that proves who people are: FranceConnect, its simulator, or any other. */
export interface FranceConnectSettings {
  /** Without a final slash, exactly as the provider names itself. http only on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** Sent in the body (`client_secret_post`); not needed with a signing key. */
  readonly clientSecret: Secret<string> | null;
  /** Private key for `private_key_jwt`, ES256: it goes before the secret. */
  readonly signingKey: Secret<webcrypto.JsonWebKey> | null;
  /** Private key that ID tokens and userinfo are encrypted for, as FranceConnect+ does. */
  readonly encryptionKey: Secret<webcrypto.JsonWebKey> | null;
  readonly acr: AssuranceLevel;
}

/** Where FranceConnect v2 stands. */
export const knownIssuers = {
  sandbox: 'https://fcp-low.sbx.dev-franceconnect.fr/api/v2',
  production: 'https://oidc.franceconnect.gouv.fr/api/v2',
} as const;
