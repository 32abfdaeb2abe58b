import Tokens from '@fastify/csrf';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, writeCookie } from '#src/web/cookies.ts';
import { bindForm, type FormBasis, type FormStanding, readBinding } from '#src/web/forms/form-binding.ts';
import { isFormWithFiles } from '#src/web/forms/form-with-files.ts';
import type { WebContext } from '#src/web/site.ts';

const tokens = Tokens();

/** The cookie with the secret from which the form tokens of a browser are derived. */
export const csrfCookie = 'csrf';

type Needed = Pick<WebContext, 'secure' | 'keyring' | 'demo'>;

/**
 * The token of the forms of a page: derived from the browser's secret cookie, different each time, with a binding to
 * the person for whom the page is shown (`bindForm`). Empty, and no cookie set, where the page answers a form of
 * another site: the forms shown there cannot be sent.
 */
export function csrfToken(
  context: Needed,
  request: FastifyRequest,
  reply: FastifyReply,
  basis: FormBasis,
): string {
  if (request.method === 'POST' && originOf(context, request) === 'foreign') return '';
  const stored = secretOf(context, request);
  const secret = stored ?? tokens.secretSync();
  if (stored === null) writeCookie(context, reply, { name: csrfCookie, value: secret });
  const token = tokens.create(secret);
  return `${token}.${bindForm(context.keyring, token, basis)}`;
}

/** What a posted form carries in its field `_csrf`. */
export interface SentToken {
  readonly isSent: boolean;
  readonly token: string;
  /** How its binding compares with the present person and data; null for a binding that we did not issue. */
  readonly standing: ((now: FormBasis) => FormStanding) | null;
}

export function readSent({ keyring }: Pick<Needed, 'keyring'>, sent: string): SentToken {
  const [token = '', binding = ''] = sent.split('.');
  return { isSent: sent !== '', token, standing: readBinding(keyring, token, binding) };
}

/**
 * Where a posted form comes from. `genuine`: a page of ours, by its content type, its token and the origin that the
 * browser reports. `stale`: a page of ours whose token is no longer valid, by its origin or, where the browser reports
 * none, by a binding that we issued and our cookie; its fields may be shown again. `foreign`: anything else; its fields
 * are not shown, since the person would then send what another site wrote.
 */
export function judgeForm(
  context: Needed,
  request: FastifyRequest,
  { isSent, token, standing }: SentToken,
): 'genuine' | 'stale' | 'foreign' {
  const origin = originOf(context, request);
  const isForm = isFormWithFiles(request) || isUsualForm(request);
  if (!isForm || !isSent || origin === 'foreign') return 'foreign';
  const secret = secretOf(context, request);
  const isOurs = standing !== null;
  if (isOurs && secret !== null && tokens.verify(secret, token)) return 'genuine';
  return origin === 'ours' || (isOurs && secret !== null) ? 'stale' : 'foreign';
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
