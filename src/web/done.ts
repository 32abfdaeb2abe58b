import type { FastifyReply } from 'fastify';
import { type Done, doneText } from '#src/texts/done-texts.ts';
import type { Voice } from '#src/texts/language.ts';
import { readCookie, writeCookie } from '#src/web/cookies.ts';
import type { WebContext } from '#src/web/site.ts';

/** The cookie that says to the next page what a form has just done: a name of a closed list, nothing personal. */
const doneCookie = 'fait';

/** Long enough for a slow connection; a page opened later says nothing of it. */
const maxAgeSeconds = 120;

/** Keeps what a form has done until the next page shows it. */
export function keepDone(context: Pick<WebContext, 'secure'>, reply: FastifyReply, done: Done): void {
  writeCookie(context, reply, { name: doneCookie, value: done, maxAgeSeconds });
}

/** What the form before this page has done, once; null for a page that no form led to. */
export function takeDone(
  context: Pick<WebContext, 'secure'>,
  reply: FastifyReply,
  voice: Voice,
): string | null {
  const name = reply.request.method === 'GET' ? readCookie(context, reply.request, doneCookie) : null;
  if (name === null) return null;
  writeCookie(context, reply, { name: doneCookie, value: null });
  return doneText(voice, name);
}
