import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer as createControl, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { json as jsonOf, text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { z } from 'zod';
import { endpoints, forgeries, manners } from './provider-manners.ts';

/**
 * An OpenID provider with the protocol of FranceConnect v2, as far as the service needs it; its CPU time is not
 * measured. It has no pages: the header `x-person` says who signs in, as JSON in base64url. Another port takes how it
 * behaves from then on.
 */

const { ISSUER, PORT, CONTROL_PORT, TLS, STRANGER_TLS, CLIENT_ID, CLIENT_SECRET } = z
  .object({
    ISSUER: z.url(),
    PORT: z.coerce.number(),
    CONTROL_PORT: z.coerce.number(),
    /** File with the key and the certificate; the same that nobody trusts. */
    TLS: z.string(),
    STRANGER_TLS: z.string(),
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

/** How it answers from now on: honestly, or at one endpoint in a manner of `provider-manners.ts`. */
const told = z.object({
  at: z.enum(endpoints).nullable(),
  manner: z.string().nullable(),
  /** Another key signs from now on, and it alone is published. */
  rotates: z.boolean(),
  /** `strange`: a certificate that nobody trusts; `none`: no TLS at all. */
  tls: z.enum(['ours', 'strange', 'none']),
});
let conduct: z.infer<typeof told> = { at: null, manner: null, rotates: false, tls: 'ours' };

const stranger = await generateKeyPair('ES256');
let keys = 0;
let signing = await newKey();

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  keys += 1;
  const jwk = { ...(await exportJWK(publicKey)), kid: `banc-${keys}`, use: 'sig', alg: 'ES256' };
  return { privateKey, jwk };
}

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
  const claims = { sub: person.sub, acr, nonce, at_hash, amr: ['pwd'], auth_time };
  const idToken = await signed(claims, '/token');
  return json(200, { access_token: accessToken, token_type: 'Bearer', expires_in: 60, id_token: idToken });
}

async function userinfo({ headers }: IncomingMessage): Promise<Reply> {
  const accessToken = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const grant = accessTokens.get(accessToken);
  accessTokens.delete(accessToken);
  if (!grant) return json(401, { error: 'invalid_token' });
  return {
    status: 200,
    headers: { 'content-type': 'application/jwt' },
    body: await signed(grant.person, '/userinfo'),
  };
}

function signed(claims: JWTPayload, endpoint: (typeof endpoints)[number]): Promise<string> {
  const forgery = (conduct.at === endpoint && forgeries[conduct.manner ?? '']) || {};
  const now = Math.floor(Date.now() / 1000);
  const honest = { iss: ISSUER, aud: CLIENT_ID, iat: now, exp: now + 60 };
  return new SignJWT({ ...claims, ...honest, ...forgery.claims })
    .setProtectedHeader({ alg: 'ES256', kid: forgery.kid ?? signing.jwk.kid, typ: 'JWT' })
    .sign(forgery.stranger ? stranger.privateKey : signing.privateKey);
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
  const { searchParams } = new URL(request.url ?? '/', ISSUER);
  switch (pathOf(request)) {
    case '/.well-known/openid-configuration':
      return json(200, metadata);
    case '/jwks':
      return json(200, { keys: [signing.jwk] });
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

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', ISSUER).pathname.slice(prefix.length);
}

async function answerHonestly(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, headers, body } = await answer(request);
  response.writeHead(status, headers).end(body);
}

const tls = readFileSync(TLS);
const server = createServer({ key: tls, cert: tls }, (request, response) => {
  const { at, manner } = conduct;
  const bad = at === pathOf(request) ? manners.get(manner ?? '') : undefined;
  const honest = () => answerHonestly(request, response).catch(() => response.writeHead(500).end());
  if (bad) bad(response, honest);
  else honest();
});
server.keepAliveTimeout = 60_000;
server.on('connection', (socket) => {
  if (conduct.tls === 'none') socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
});
server.on('tlsClientError', () => {});
server.listen(PORT, '127.0.0.1');

createControl(async (request, response) => {
  conduct = told.parse(await jsonOf(request));
  if (conduct.rotates) signing = await newKey();
  const shown = conduct.tls === 'strange' ? readFileSync(STRANGER_TLS) : tls;
  server.setSecureContext({ key: shown, cert: shown });
  if (conduct.tls !== 'ours') server.closeAllConnections();
  response.writeHead(204).end();
}).listen(CONTROL_PORT, '127.0.0.1');
