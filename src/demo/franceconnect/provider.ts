import type { JWK } from 'jose';
import type { Configuration } from 'oidc-provider';
import type { Keys } from '#src/demo/franceconnect/keys.ts';
import { type SimulatedIdentity, subjectOf } from '#src/demo/franceconnect/people/identity.ts';
import { openStorage } from '#src/demo/franceconnect/storage.ts';

/** The only client of the provider. */
export interface RegisteredClient {
  readonly id: string;
  readonly secret: string;
  /** Public key of the service where it signs its requests (`private_key_jwt`). */
  readonly signingKey?: JWK | undefined;
  /** Public key to encrypt for, as FranceConnect+ does. */
  readonly encryptionKey?: JWK | undefined;
}

/** A constant, so that subjects stay the same for accounts that outlive the simulator. */
const subjectSalt = 'simulateur';

export const callbackPath = '/franceconnect/retour';
/** Where the protocol of FranceConnect v2 begins. */
export const usualPrefix = '/api/v2';

/** Claims by scope, as FranceConnect v2 grants them. */
const scopes: Readonly<Record<string, string[]>> = {
  openid: ['sub'],
  given_name: ['given_name', 'given_name_array'],
  family_name: ['family_name'],
  birthdate: ['birthdate'],
  gender: ['gender'],
  birthplace: ['birthplace'],
  birthcountry: ['birthcountry'],
  preferred_username: ['preferred_username'],
  email: ['email'],
  profile: ['given_name', 'given_name_array', 'family_name', 'birthdate', 'gender', 'preferred_username'],
  birth: ['birthplace', 'birthcountry'],
  identite_pivot: [
    'given_name',
    'given_name_array',
    'family_name',
    'birthdate',
    'gender',
    'birthplace',
    'birthcountry',
  ],
  idp_birthdate: ['idp_birthdate'],
};

/** The configuration of the library as FranceConnect v2 (or FranceConnect+, for `levels` above eidas1). */
export function providerConfiguration(settings: {
  readonly client: RegisteredClient;
  readonly clientUrl: string;
  readonly keys: Keys;
  /** Where the protocol begins, without a final slash. */
  readonly prefix: string;
  readonly levels: readonly string[];
  readonly cookieKey: string;
  readonly identity: (identifiant: string) => SimulatedIdentity | null;
  readonly refuse: NonNullable<Configuration['renderError']>;
}): Configuration {
  const { client, clientUrl, prefix, keys, levels, cookieKey, identity, refuse } = settings;
  const claimsOf = (accountId: string) => identity(accountId)?.claims ?? {};
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true } as const;
  const granted = Object.keys(scopes);
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        client_name: 'compte ameli',
        redirect_uris: [`${clientUrl}${callbackPath}`],
        post_logout_redirect_uris: [clientUrl],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        subject_type: 'pairwise',
        token_endpoint_auth_method: client.signingKey ? 'private_key_jwt' : 'client_secret_post',
        ...(client.signingKey ? { token_endpoint_auth_signing_alg: 'ES256' } : {}),
        jwks: { keys: [client.signingKey, client.encryptionKey].filter((key) => key !== undefined) },
        ...(client.encryptionKey
          ? {
              id_token_encrypted_response_alg: 'ECDH-ES',
              id_token_encrypted_response_enc: 'A256GCM',
              userinfo_encrypted_response_alg: 'ECDH-ES',
              userinfo_encrypted_response_enc: 'A256GCM',
            }
          : {}),
        id_token_signed_response_alg: 'ES256',
        userinfo_signed_response_alg: 'ES256',
      },
    ],
    adapter: openStorage(),
    jwks: { keys: keys.own.map(({ privateJwk }) => privateJwk) },
    acrValues: [...levels],
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_ctx, accountId, { clientId }) =>
      subjectOf(claimsOf(accountId), clientId, subjectSalt),
    scopes: granted,
    claims: { ...scopes, acr: null, amr: null, auth_time: null },
    conformIdTokenClaims: true,
    clientAuthMethods: ['client_secret_post', 'private_key_jwt'],
    responseTypes: ['code'],
    pkce: { required: () => false },
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      userinfoSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: ['ES256'],
      idTokenEncryptionAlgValues: ['ECDH-ES'],
      idTokenEncryptionEncValues: ['A256GCM'],
      userinfoEncryptionAlgValues: ['ECDH-ES'],
      userinfoEncryptionEncValues: ['A256GCM'],
    },
    ttl: {
      AuthorizationCode: 30,
      AccessToken: 60,
      IdToken: 60,
      Grant: 60,
      Interaction: 1800,
      Session: 1800,
    },
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      encryption: { enabled: true },
      claimsParameter: { enabled: true },
      revocation: { enabled: true },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: () => {} },
    },
    routes: {
      authorization: '/authorize',
      token: '/token',
      userinfo: '/userinfo',
      end_session: '/session/end',
      jwks: '/jwks',
      revocation: '/token/revocation',
    },
    cookies: {
      keys: [cookieKey],
      names: { session: 'simulateur', interaction: 'simulateur_etape', resume: 'simulateur_reprise' },
      long: cookie,
      short: cookie,
    },
    interactions: { url: (_ctx, { uid }) => `${prefix}/interaction/${uid}` },
    findAccount: (_ctx, accountId) =>
      identity(accountId)
        ? { accountId, claims: () => ({ sub: accountId, ...claimsOf(accountId) }) }
        : undefined,
    renderError: refuse,
  };
}

/** The claims that these scopes grant. */
export function claimsOfScopes(scope: string): ReadonlySet<string> {
  return new Set(scope.split(' ').flatMap((one) => scopes[one] ?? []));
}
