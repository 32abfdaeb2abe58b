import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Closing } from '../setting/database.ts';

/** In what this provider differs from FranceConnect and its simulator, honestly. */
export interface Ways {
  /** The only way that it takes the service's secret. */
  readonly authentication: 'client_secret_post' | 'client_secret_basic';
  readonly scopes: readonly string[];
  readonly audience: (clientId: string) => string | string[];
  /** Whether it announces a logout. */
  readonly endsSessions: boolean;
}

interface Granted {
  readonly nonce: string;
  readonly clientId: string;
}

/**
 * Another OpenID provider, of 1 person and no pages: paths of its own, RSA keys beside the EC one that signs, no `iss`
 * in the return, «Bearer» with a capital, no `given_name_array`.
 */
export async function openOtherProvider(
  t: Closing,
  person: JWTPayload,
  ways: Ways,
): Promise<{ readonly issuer: string; readonly secretSeenIn: () => string }> {
  const ec = await generateKeyPair('ES256', { extractable: true });
  const rsa = await generateKeyPair('RS256', { extractable: true });
  const jwks = {
    keys: [
      { ...(await exportJWK(rsa.publicKey)), kid: 'rsa/2026', use: 'sig', alg: 'RS256' },
      { ...(await exportJWK(rsa.publicKey)), kid: 'enc', use: 'enc', alg: 'RSA-OAEP-256' },
      { ...(await exportJWK(ec.publicKey)), kid: 'ec 2026', use: 'sig' },
    ],
  };
  const codes = new Map<string, Granted>();
  const accesses = new Map<string, Granted>();
  let seenIn = '';
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (!(address instanceof Object)) throw new Error('The provider has no port');
  const issuer = `http://127.0.0.1:${address.port}/realms/citoyens`;

  const sign = (claims: JWTPayload, clientId: string, seconds: number) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'ec 2026', typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(ways.audience(clientId))
      .setSubject('personne-1')
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(ec.privateKey);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    const json = (value: unknown, status = 200) =>
      response
        .writeHead(status, { 'content-type': 'application/json;charset=UTF-8' })
        .end(JSON.stringify(value));
    switch (url.pathname.slice('/realms/citoyens'.length)) {
      case '/.well-known/openid-configuration':
        json({
          issuer,
          authorization_endpoint: `${issuer}/protocol/auth?theme=sobre`,
          token_endpoint: `${issuer}/protocol/jetons`,
          userinfo_endpoint: `${issuer}/protocol/moi`,
          jwks_uri: `${issuer}/protocol/certs`,
          ...(ways.endsSessions ? { end_session_endpoint: `${issuer}/protocol/logout` } : {}),
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256', 'ES256'],
          userinfo_signing_alg_values_supported: ['ES256'],
          token_endpoint_auth_methods_supported: [ways.authentication],
          scopes_supported: ways.scopes,
        });
        return;
      case '/protocol/auth': {
        const { searchParams: asked } = url;
        if (asked.get('theme') !== 'sobre') throw new Error('The address was not kept whole');
        const code = randomUUID();
        codes.set(code, { nonce: asked.get('nonce') ?? '', clientId: asked.get('client_id') ?? '' });
        const back = new URL(asked.get('redirect_uri') ?? '');
        back.search = new URLSearchParams({
          session_state: 'a',
          state: asked.get('state') ?? '',
          code,
        }).toString();
        response.writeHead(302, { location: back.href }).end();
        return;
      }
      case '/protocol/jetons': {
        const sent = new URLSearchParams(await text(request));
        seenIn = request.headers.authorization?.startsWith('Basic ') ? 'header' : 'body';
        const granted = codes.get(sent.get('code') ?? '');
        codes.delete(sent.get('code') ?? '');
        const secretGiven = seenIn === 'header' || (sent.get('client_secret') ?? '') !== '';
        if (!granted || !secretGiven) return void json({ error: 'invalid_grant' }, 400);
        const access = randomUUID();
        accesses.set(access, granted);
        json({
          access_token: access,
          token_type: 'Bearer',
          expires_in: 300,
          refresh_token: 'ignored',
          'not-before-policy': 0,
          id_token: await sign(
            { nonce: granted.nonce, acr: 'eidas1', azp: granted.clientId, sid: 'a' },
            granted.clientId,
            300,
          ),
        });
        return;
      }
      case '/protocol/moi': {
        const granted = accesses.get((request.headers.authorization ?? '').replace('Bearer ', ''));
        if (!granted) return void json({ error: 'invalid_token' }, 401);
        response
          .writeHead(200, { 'content-type': 'application/jwt' })
          .end(await sign(person, granted.clientId, 60));
        return;
      }
      case '/protocol/certs':
        json(jwks);
        return;
      default:
        response.writeHead(404).end();
    }
  }
  return { issuer, secretSeenIn: () => seenIn };
}
