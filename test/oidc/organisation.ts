import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import { z } from 'zod';
import { Secret } from '#src/crypto/secret.ts';
import type { SigningAlgorithm } from '#src/oidc/algorithms.ts';
import type { ClientSettings, Profile } from '#src/oidc/profile.ts';
import type { Closing } from '../setting/database.ts';

/** Who a trainer is, by the provider of their organisation. */
export interface Trainer {
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

const trainerClaims = z.object({
  name: z.string().catch(''),
  email: z.string().catch(''),
  groups: z.array(z.string()).catch([]),
});

/** The profile of an organisation’s own provider: no levels, no logout, other claims, other algorithms. */
export function organisationProfile(
  ways: Pick<Profile<Trainer>, 'idTokenAlgorithm' | 'claims'>,
): Profile<Trainer> {
  return {
    name: 'organisation',
    paths: { callback: '/formateurs/retour', signedOut: null },
    acr: null,
    parameters: ({ claimsParameter }) => ({
      scope: 'openid profile email groups',
      prompt: 'consent',
      ...(claimsParameter ? { claims: JSON.stringify({ userinfo: { groups: { essential: true } } }) } : {}),
    }),
    identityOf: (claims) => trainerClaims.parse(claims),
    refusalOf: (description) => (description === 'not a trainer' ? 'not-recognised' : 'cancelled'),
    ...ways,
  };
}

/** A key pair of the provider, or of somebody who forges. */
async function newKey(alg: string, kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const about = { kid, alg, use: 'sig' };
  return {
    private: { ...(await exportJWK(privateKey)), ...about },
    public: { ...(await exportJWK(publicKey)), ...about },
    sign: (claims: JWTPayload, header: { readonly kid?: string } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
}

type Key = Awaited<ReturnType<typeof newKey>>;

/** The keys that a lie may be signed with. */
export type Keys = Readonly<Record<'ES256' | 'ES384' | 'RS256' | 'forger', Key>>;

/** What the provider says in place of the truth, from now on. */
export interface Lie {
  readonly idToken?: (claims: JWTPayload, keys: Keys) => Promise<string> | string;
  readonly userinfo?: (
    claims: JWTPayload,
    keys: Keys,
  ) => Promise<string> | string | { readonly json: JWTPayload };
  readonly jwks?: (keys: Keys) => readonly object[];
  /** The person is sent back with this. */
  readonly refuses?: string;
}

export const honest: Lie = {};

const clientId = 'compte-assure';

/** Somebody whom the organisation knows, and what it says of them. */
export interface Member {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  readonly email_verified?: boolean;
  readonly groups: readonly string[];
}

const camille: Member = {
  sub: 'formatrice-1',
  name: 'Camille Arnaud',
  email: 'camille@asso.example',
  groups: ['formateurs'],
};

/** The certified provider library as an organisation sets it up; every visitor agrees to everything. */
export async function openOrganisation(
  t: Closing,
  { idTokenAlgorithm, claims }: Pick<Profile<Trainer>, 'idTokenAlgorithm' | 'claims'>,
  redirectUri = 'http://localhost/formateurs/retour',
): Promise<{ readonly settings: ClientSettings; tells(lie: Lie): void; sitsThere(member: Member): void }> {
  const members = new Map([[camille.sub, camille]]);
  let accountId = camille.sub;
  const keys: Keys = {
    ES256: await newKey('ES256', 'es256'),
    ES384: await newKey('ES384', 'es384'),
    RS256: await newKey('RS256', 'rs256'),
    forger: await newKey(idTokenAlgorithm, 'forger'),
  };
  const secret = randomBytes(32).toString('hex');
  let lie = honest;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (!(address instanceof Object)) throw new Error('The provider has no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const algorithms: SigningAlgorithm[] = ['ES384', 'RS256'];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: secret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: idTokenAlgorithm,
        ...(typeof claims === 'object' ? { userinfo_signed_response_alg: claims.signedUserinfo } : {}),
      },
    ],
    jwks: { keys: [keys.ES384.private, keys.RS256.private] },
    enabledJWA: { idTokenSigningAlgValues: algorithms, userinfoSigningAlgValues: algorithms },
    clientAuthMethods: ['client_secret_basic'],
    scopes: ['openid', 'profile', 'email', 'groups'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
    // In the ID token too, where the profile reads them there.
    conformIdTokenClaims: claims !== 'id-token',
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      claimsParameter: { enabled: true },
      rpInitiatedLogout: { enabled: false },
    },
    cookies: { keys: [secret] },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ ...(members.get(sub) ?? camille), sub }),
    }),
  });
  provider.silent = true;
  provider.use(async (ctx, next) => {
    await next();
    const { body } = ctx;
    if (ctx.status !== 200) return;
    if (ctx.path === '/jwks' && lie.jwks) ctx.body = { keys: lie.jwks(keys) };
    if (ctx.path === '/token' && lie.idToken) {
      const honestToken = decodeJwt(String(Object(body).id_token));
      ctx.body = { ...Object(body), id_token: await lie.idToken(honestToken, keys) };
    }
    if (ctx.path === '/me' && lie.userinfo) {
      const told = await lie.userinfo(typeof body === 'string' ? decodeJwt(body) : Object(body), keys);
      ctx.body = typeof told === 'string' ? told : JSON.stringify(told.json);
      ctx.type = typeof told === 'string' ? 'application/jwt' : 'application/json';
    }
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    const agree = async () => {
      const { params } = await provider.interactionDetails(request, response);
      if (lie.refuses !== undefined) {
        const refusal = { error: 'access_denied', error_description: lie.refuses };
        return provider.interactionFinished(request, response, refusal);
      }
      const grant = new provider.Grant({ accountId, clientId });
      grant.addOIDCScope(String(params.scope));
      grant.addOIDCClaims(['groups']);
      const consent = { grantId: await grant.save() };
      return provider.interactionFinished(request, response, { login: { accountId }, consent });
    };
    agree().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  return {
    settings: {
      issuer,
      clientId,
      clientSecret: new Secret(secret),
      signingKey: null,
      encryptionKey: null,
    },
    tells(next) {
      lie = next;
    },
    sitsThere(member) {
      members.set(member.sub, member);
      accountId = member.sub;
    },
  };
}
