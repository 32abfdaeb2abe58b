import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { z } from 'zod';

/**
 * An OpenID provider with the protocol of FranceConnect v2, as far as the service needs it; its CPU time is not
 * measured. It has no pages: the header `x-person` says who signs in, as JSON in base64url.
 */

const { ISSUER, PORT, TLS, CLIENT_ID, CLIENT_SECRET } = z
  .object({
    ISSUER: z.url(),
    PORT: z.coerce.number(),
    /** File with the key and the certificate. */
    TLS: z.string(),
    CLIENT_ID: z.string(),
    CLIENT_SECRET: z.string(),
  })
  .parse(process.env);

const personSchema = z.looseObject({ sub: z.string() });

interface Grant {
  readonly person: z.infer<typeof personSchema>;
  readonly asked: URLSearchParams;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const { privateKey, publicKey } = await generateKeyPair('ES256');
const jwk = { ...(await exportJWK(publicKey)), kid: 'banc', use: 'sig', alg: 'ES256' };
const codes = new Map<string, Grant>();
const accessTokens = new Map<string, Grant>();
const { pathname: prefix } = new URL(ISSUER);

const metadata = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  userinfo_endpoint: `${ISSUER}/userinfo`,
  jwks_uri: `${ISSUER}/jwks`,
  end_session_endpoint: `${ISSUER}/session/end`,
  response_types_supported: ['code'],
  subject_types_supported: ['pairwise'],
  token_endpoint_auth_methods_supported: ['client_secret_post'],
  id_token_signing_alg_values_supported: ['ES256'],
  userinfo_signing_alg_values_supported: ['ES256'],
  authorization_response_iss_parameter_supported: true,
};

function authorize(request: IncomingMessage, asked: URLSearchParams): Reply {
  const person = Buffer.from(String(request.headers['x-person']), 'base64url').toString();
  const code = newSecret();
  codes.set(code, { person: personSchema.parse(JSON.parse(person)), asked });
  return sentTo(asked.get('redirect_uri'), { code, state: asked.get('state') ?? '', iss: ISSUER });
}

async function token(request: IncomingMessage): Promise<Reply> {
  const form = new URLSearchParams(await text(request));
  const grant = codes.get(form.get('code') ?? '');
  codes.delete(form.get('code') ?? '');
  const challenge = hash(form.get('code_verifier') ?? '').toString('base64url');
  const known = form.get('client_id') === CLIENT_ID && form.get('client_secret') === CLIENT_SECRET;
  if (!grant || !known || challenge !== grant.asked.get('code_challenge'))
    return json(400, { error: 'invalid_grant' });
  const { person, asked } = grant;
  const accessToken = newSecret();
  accessTokens.set(accessToken, grant);
  const at_hash = hash(accessToken).subarray(0, 16).toString('base64url');
  const [acr, nonce] = [asked.get('acr_values'), asked.get('nonce')];
  const auth_time = Math.floor(Date.now() / 1000);
  const idToken = await signed({ sub: person.sub, acr, nonce, at_hash, amr: ['pwd'], auth_time });
  return json(200, { access_token: accessToken, token_type: 'Bearer', expires_in: 60, id_token: idToken });
}

async function userinfo({ headers }: IncomingMessage): Promise<Reply> {
  const accessToken = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const grant = accessTokens.get(accessToken);
  accessTokens.delete(accessToken);
  if (!grant) return json(401, { error: 'invalid_token' });
  return { status: 200, headers: { 'content-type': 'application/jwt' }, body: await signed(grant.person) };
}

function signed(claims: JWTPayload): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'banc', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(CLIENT_ID)
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(privateKey);
}

function endSession(asked: URLSearchParams): Reply {
  return sentTo(asked.get('post_logout_redirect_uri'), { state: asked.get('state') ?? '' });
}

function sentTo(address: string | null, query: Readonly<Record<string, string>>): Reply {
  return { status: 302, headers: { location: `${address}?${new URLSearchParams(query)}` } };
}

function json(status: number, value: object): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function hash(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

async function answer(request: IncomingMessage): Promise<Reply> {
  const { pathname, searchParams } = new URL(request.url ?? '/', ISSUER);
  switch (pathname.slice(prefix.length)) {
    case '/.well-known/openid-configuration':
      return json(200, metadata);
    case '/jwks':
      return json(200, { keys: [jwk] });
    case '/authorize':
      return authorize(request, searchParams);
    case '/token':
      return token(request);
    case '/userinfo':
      return userinfo(request);
    case '/session/end':
      return endSession(searchParams);
    default:
      return json(404, {});
  }
}

const tls = readFileSync(TLS);
const server = createServer({ key: tls, cert: tls }, (request, response) => {
  answer(request).then(
    ({ status, headers, body }) => response.writeHead(status, headers).end(body),
    () => response.writeHead(500).end(),
  );
});
server.keepAliveTimeout = 60_000;
server.listen(PORT, '127.0.0.1');
