import type { FastifyReply } from 'fastify';
import { notificationBanner } from '#src/web/components/banners.ts';
import { writeCookie } from '#src/web/cookies.ts';
import { keepNews, takeNews } from '#src/web/done.ts';
import { html } from '#src/web/html.ts';
import { notFoundPage } from '#src/web/http/error-pages.ts';
import { forgetCopies, noCopies } from '#src/web/offline-copies.ts';
import type { Answer, FileAnswer } from '#src/web/page.ts';
import type { Site, WebContext } from '#src/web/site.ts';
import { inLanguage, type Visit } from '#src/web/visit.ts';

/** An answer as it is sent: `overtaken` has become a redirection. */
export type Sendable = Exclude<Answer, { kind: 'overtaken' }>;

/** Sends an answer with its cookies, a page in the frame of its site. */
export function sendAnswer<Session>(
  context: WebContext,
  { frame, people, tellsNews }: Site<Session>,
  visit: Visit,
  reply: FastifyReply,
  answer: Sendable,
): FastifyReply {
  if (answer.kind === 'file') return sendFile(reply, answer);
  if (answer.kind === 'missing')
    return reply.code(404).type('text/html; charset=utf-8').send(notFoundPage(visit));
  if (answer.kind !== 'document')
    for (const change of answer.cookies ?? [])
      if (change === noCopies) forgetCopies(context, reply);
      else writeCookie(context, reply, change);
  if (answer.kind === 'redirect') {
    const told = answer.done ?? answer.because;
    if (told) keepNews(context, reply, told);
    return reply.redirect(answer.to, 303);
  }
  if (answer.retryAfterSeconds !== undefined) reply.header('Retry-After', answer.retryAfterSeconds);
  reply.type('text/html; charset=utf-8');
  if (answer.kind === 'document') return reply.code(answer.status).send(answer.document);
  const { title, body, status = 200, back, wide, beside, asked, refreshSeconds, language } = answer;
  const href = typeof back === 'string' ? { href: back } : back;
  const news = (people || tellsNews) && !visit.isCopy ? takeNews(context, reply, visit.voice) : null;
  const isDone = news?.kind === 'done';
  // Nobody did anything wrong where a page without a form is not there yet.
  const isWrong = status >= 400 && !(status === 503 && answer.refused === undefined);
  const banner =
    news &&
    notificationBanner(visit, {
      type: isDone ? 'success' : undefined,
      content: news.text,
      id: 'fait',
      first: true,
    });
  const content = {
    title,
    body: banner ? html`${banner}${body}` : body,
    state: isWrong ? 'refused' : isDone ? 'done' : undefined,
    back: href,
    wide,
    beside,
    asked,
    refreshSeconds,
    isOneLanguage: language !== undefined,
  } as const;
  const shown = language === undefined ? visit : inLanguage(visit, language);
  return reply.code(status).send(frame(shown, content));
}

/** Saved, not opened: a file that somebody else sent must not run here. */
export function sendFile(reply: FastifyReply, { type, name, content, bytes }: FileAnswer): FastifyReply {
  if (!/^[\w.-]{1,100}$/.test(name)) throw new Error('This is no name for a file');
  if (bytes !== undefined) reply.header('content-length', bytes);
  return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(content);
}
