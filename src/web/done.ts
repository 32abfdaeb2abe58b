import type { FastifyReply } from 'fastify';
import { type Done, type News, newsOf, type Reason } from '#src/texts/done-texts.ts';
import type { Voice } from '#src/texts/language.ts';
import { readCookie, writeCookie } from '#src/web/cookies.ts';
import type { CookieChange } from '#src/web/page.ts';
import type { WebContext } from '#src/web/site.ts';

/**
 * The cookie that says to the next page what a form has just done, or why the person is there: a name of a closed list,
 * nothing personal.
 */
const doneCookie = 'fait';

/** Removes it: the next page says nothing of what was done. */
export const noNews: CookieChange = { name: doneCookie, value: null };

/** Long enough for a slow connection; a page opened later says nothing of it. */
const maxAgeSeconds = 120;

/** Keeps what the next page shows. */
export function keepNews(
  context: Pick<WebContext, 'secure' | 'demo'>,
  reply: FastifyReply,
  name: Done | Reason,
): void {
  writeCookie(context, reply, { name: doneCookie, value: name, maxAgeSeconds });
}

/** What the form before this page has done, or why the person is there, once; null for any other page. */
export function takeNews(
  context: Pick<WebContext, 'secure' | 'demo'>,
  reply: FastifyReply,
  voice: Voice,
): News | null {
  const name = reply.request.method === 'GET' ? readCookie(context, reply.request, doneCookie) : null;
  if (name === null) return null;
  writeCookie(context, reply, noNews);
  return newsOf(voice, name);
}
