import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, writeCookie } from '#src/web/cookies.ts';
import { type FormBasis, type FormToken, readFormToken, writeFormToken } from '#src/web/forms/form-token.ts';
import { isFormWithFiles } from '#src/web/forms/form-with-files.ts';
import type { WebContext } from '#src/web/site.ts';

/** The cookie with the secret from which the form tokens of a browser are derived. */
export const csrfCookie = 'csrf';

type Needed = Pick<WebContext, 'secure' | 'demo'>;

/**
 * The token of the forms of a page: for this browser, by its secret cookie, and for the person for whom the page is
 * shown (`writeFormToken`). Empty, and no cookie set, where the page answers a form of another site: the forms shown
 * there cannot be sent.
 */
export function csrfToken(
  context: Needed & Pick<WebContext, 'keyring' | 'random'>,
  request: FastifyRequest,
  reply: FastifyReply,
  basis: FormBasis,
): string {
  if (request.method === 'POST' && originOf(context, request) === 'foreign') return '';
  const stored = secretOf(context, request);
  const secret = stored ?? context.random.bytes(18).toString('base64url');
  if (stored === null) writeCookie(context, reply, { name: csrfCookie, value: secret });
  return writeFormToken(context, secret, basis);
}

/** What a posted form carries in its field `_csrf`. */
export interface SentToken {
  readonly isSent: boolean;
  /** null for one that is none of ours. */
  readonly token: FormToken | null;
}

export function readSent({ keyring }: Pick<WebContext, 'keyring'>, sent: string): SentToken {
  return { isSent: sent !== '', token: readFormToken(keyring, sent) };
}

/**
 * Where a posted form comes from. `genuine`: a page of ours, by its content type, its token and the origin that the
 * browser reports. `stale`: a page of ours whose token is not this browser’s any more, by its origin or, where the
 * browser reports none, by our cookie and a token that says to whom it was shown: the present person, or nobody in
 * particular; its fields may be shown again. `foreign`: anything else; its fields
 * are not shown, since the person would then send what another site wrote.
 */
export function judgeForm(
  context: Needed,
  request: FastifyRequest,
  { isSent, token }: SentToken,
  now: FormBasis,
): 'genuine' | 'stale' | 'foreign' {
  const origin = originOf(context, request);
  const isForm = isFormWithFiles(request) || isUsualForm(request);
  if (!isForm || !isSent || origin === 'foreign') return 'foreign';
  const secret = secretOf(context, request);
  if (token && secret !== null && token.isOf(secret)) return 'genuine';
  if (origin === 'ours') return 'stale';
  const standing = secret === null ? null : token?.standing(now);
  return standing?.samePerson || standing?.wasAnonymous ? 'stale' : 'foreign';
}

const formType = 'application/x-www-form-urlencoded';

function isUsualForm({ headers }: FastifyRequest): boolean {
  return (headers['content-type'] ?? '').slice(0, formType.length).toLowerCase() === formType;
}

/**
 * The origin that the browser reports for a form; `unknown` for browsers that report none. On a page sent with
 * `Referrer-Policy: no-referrer` they would report `Origin: null` even for our own forms: ours are sent with
 * `same-origin`.
 */
function originOf({ secure }: Needed, { headers }: FastifyRequest): 'ours' | 'foreign' | 'unknown' {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'foreign';
  if (headers.origin === undefined) return site === 'same-origin' ? 'ours' : 'unknown';
  return headers.origin === `${secure ? 'https' : 'http'}://${headers.host}` ? 'ours' : 'foreign';
}

/** Whether the browser sends the cookie of its forms. */
export function hasFormCookie(context: Needed, request: FastifyRequest): boolean {
  return secretOf(context, request) !== null;
}

/** The browser's secret; null for a cookie that does not have the form of one. */
function secretOf(context: Needed, request: FastifyRequest): string | null {
  const cookie = readCookie(context, request, csrfCookie);
  return cookie !== null && /^[\w-]{18,64}$/.test(cookie) ? cookie : null;
}
