import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { JWTPayload } from 'jose';

/** Where a provider may answer badly. */
export const endpoints = ['/.well-known/openid-configuration', '/jwks', '/token', '/userinfo'] as const;
export type Endpoint = (typeof endpoints)[number];

/** Instead of the honest answer, which can be had later. */
type Manner = (response: ServerResponse, honest: () => Promise<unknown>) => unknown;

const json = { 'content-type': 'application/json' };
const lateMs = 30_000;

/** No answer, too much of one, or one too late: a client counts these as failures of the provider. */
export const unanswering = {
  'answers 500': (response) => response.writeHead(500, json).end('{"error":"server_error"}'),
  'breaks off': (response) => response.destroy(),
  'answers without end': (response) => {
    const chunk = Buffer.alloc(65_536, 'a');
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more).writeHead(200, json).write('{"a":"');
    more();
  },
  'answers 64 MB, compressed into 64 kB': (response) =>
    response
      .writeHead(200, { ...json, 'content-encoding': 'gzip' })
      .end(gzipSync(`{"a":"${'a'.repeat(64 * 1024 * 1024)}"}`)),
  'answers a header of 1 MB': (response) => {
    response.socket?.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(1024 * 1024)}\r\n\r\n`);
  },
  'answers a byte at a time': (response) => dripping(response.writeHead(200, json), '{"issuer":"'),
  'answers the head a byte at a time': (response) => dripping(response.socket, 'HTTP/1.1 200 OK\r\nx: '),
  'answers after 30 s': (_response, honest) => wait(lateMs).then(honest),
} satisfies Readonly<Record<string, Manner>>;

/** An answer in time, which says nothing. */
export const senseless = {
  'answers broken JSON': (response) => response.writeHead(200, json).end('{"issuer": "'),
  'answers a page': (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Oups</title>'),
  'answers nothing but 200': (response) => response.writeHead(200, json).end(),
  'redirects to itself': (response) => response.writeHead(302, { location: response.req.url }).end(),
} satisfies Readonly<Record<string, Manner>>;

/** What a token may be that must not be believed: other claims, and the key and name of key that sign it. */
export const forgeries: Readonly<
  Record<string, { readonly claims?: JWTPayload; readonly stranger?: boolean; readonly kid?: string }>
> = {
  'signs with another key': { stranger: true },
  'signs with a key that it does not publish': { stranger: true, kid: 'inconnue' },
  'names another issuer': { claims: { iss: 'https://ailleurs.exemple.fr' } },
  'names another client': { claims: { aud: 'quelqu-un-d-autre' } },
  'names another person': { claims: { sub: 'quelqu-un-d-autre' } },
  'answers for another journey': { claims: { nonce: 'd-un-autre-voyage' } },
  'answers with what expired an hour ago': { claims: { iat: hoursAgo(2), exp: hoursAgo(1) } },
};

export const manners: ReadonlyMap<string, Manner> = new Map<string, Manner>(
  Object.entries({ ...unanswering, ...senseless }),
);

function dripping(to: { write(text: string): unknown; destroyed: boolean } | null, head: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (!to || to.destroyed) clearInterval(timer);
    else to.write(head.charAt(at) || 'a');
    at += 1;
  }, 100);
}

function hoursAgo(hours: number): number {
  return Math.floor(Date.now() / 1000) - hours * 3_600;
}
