import Tokens from '@fastify/csrf';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#src/services.ts';
import { readCookie, writeCookie } from '#src/web/cookies.ts';

const tokens = Tokens();

/** What a page of ours puts in its forms: made from the browser's secret cookie, different each time. */
export function csrfToken(
  services: Pick<Services, 'secure'>,
  request: FastifyRequest,
  reply: FastifyReply,
): string {
  const known = secretOf(services, request);
  const secret = known ?? tokens.secretSync();
  if (known === null) writeCookie(services, reply, { name: 'csrf', value: secret });
  return tokens.create(secret);
}

/** Whether a form comes from a page of ours: its shape, its token, and what the browser says of its origin. */
export function isGenuine(
  services: Pick<Services, 'secure'>,
  request: FastifyRequest,
  token: string,
): boolean {
  const secret = secretOf(services, request);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  return isForm && isSameOrigin(request) && secret !== null && tokens.verify(secret, token);
}

/**
 * Whether nothing the browser says speaks against a form of ours. A page sent with `Referrer-Policy: no-referrer`
 * would make browsers say `Origin: null` even of our own forms: ours are sent with `same-origin`.
 */
export function isSameOrigin({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

/** The browser's secret; a cookie that cannot be one counts for nothing. */
function secretOf(services: Pick<Services, 'secure'>, request: FastifyRequest): string | null {
  const cookie = readCookie(services, request, 'csrf');
  return cookie !== null && /^[\w-]{18,}$/.test(cookie) ? cookie : null;
}
