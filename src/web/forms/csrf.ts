import Tokens from '@fastify/csrf';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, writeCookie } from '#src/web/cookies.ts';
import { bindForm, type FormBasis, type FormStanding, readBinding } from '#src/web/forms/form-binding.ts';
import type { WebContext } from '#src/web/site.ts';

const tokens = Tokens();

/** The cookie of the secret that a browser’s forms are made from. */
export const csrfCookie = 'csrf';

type Needed = Pick<WebContext, 'secure' | 'keyring'>;

/**
 * What a page of ours puts in its forms: made from the browser's secret cookie, different each time, with the person for
 * whom the page is shown (`bindForm`). Empty, and no cookie set, where the page answers a form of another site: what is
 * shown for it can be sent by nobody.
 */
export function csrfToken(
  context: Needed,
  request: FastifyRequest,
  reply: FastifyReply,
  basis: FormBasis,
): string {
  if (request.method === 'POST' && originOf(context, request) === 'foreign') return '';
  const known = secretOf(context, request);
  const secret = known ?? tokens.secretSync();
  if (known === null) writeCookie(context, reply, { name: csrfCookie, value: secret });
  const token = tokens.create(secret);
  return `${token}.${bindForm(context.keyring, token, basis)}`;
}

/** How a form stands to the people and answers of now; null for one whose binding we did not make. */
export function formStanding({ keyring }: Needed, sent: string, now: FormBasis): FormStanding | null {
  const [token = '', binding = ''] = sent.split('.');
  return readBinding(keyring, token, binding)?.(now) ?? null;
}

/**
 * Whose form was posted. `genuine`: of a page of ours, by its shape, its token and what the browser says of its
 * origin. `stale`: of a page of ours whose token no longer counts, by its origin or, where the browser says nothing, by
 * a binding that we made and our cookie; what it holds may be shown again. `foreign`: anything else, of which nothing may be shown: the person would send what another site wrote.
 */
export function judgeForm(
  context: Needed,
  request: FastifyRequest,
  sent: string,
): 'genuine' | 'stale' | 'foreign' {
  const origin = originOf(context, request);
  const isForm = (request.headers['content-type'] ?? '').slice(0, formType.length).toLowerCase() === formType;
  if (!isForm || sent === '' || origin === 'foreign') return 'foreign';
  const secret = secretOf(context, request);
  const [token = '', binding = ''] = sent.split('.');
  const isOurs = readBinding(context.keyring, token, binding) !== null;
  if (isOurs && secret !== null && tokens.verify(secret, token)) return 'genuine';
  return origin === 'ours' || (isOurs && secret !== null) ? 'stale' : 'foreign';
}

const formType = 'application/x-www-form-urlencoded';

/**
 * What the browser says of where a form comes from; `unsaid` by browsers that say nothing. A page sent with
 * `Referrer-Policy: no-referrer` would make them say `Origin: null` even of our own forms: ours are sent with
 * `same-origin`.
 */
function originOf({ secure }: Needed, { headers }: FastifyRequest): 'ours' | 'foreign' | 'unsaid' {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'foreign';
  if (headers.origin === undefined) return site === 'same-origin' ? 'ours' : 'unsaid';
  if (!URL.canParse(headers.origin)) return 'foreign';
  const { protocol, host } = new URL(headers.origin);
  return protocol === (secure ? 'https:' : 'http:') && host === headers.host ? 'ours' : 'foreign';
}

/** The browser's secret; a cookie that cannot be one counts for nothing. */
function secretOf(context: Needed, request: FastifyRequest): string | null {
  const cookie = readCookie(context, request, csrfCookie);
  return cookie !== null && /^[\w-]{18,64}$/.test(cookie) ? cookie : null;
}
