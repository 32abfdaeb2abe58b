import type { FastifyReply } from 'fastify';
import { notificationBanner } from '#src/web/components/banners.ts';
import { writeCookie } from '#src/web/cookies.ts';
import { keepDone, takeDone } from '#src/web/done.ts';
import { html } from '#src/web/html.ts';
import type { Answer } from '#src/web/page.ts';
import type { Site, WebContext } from '#src/web/site.ts';
import type { Visit } from '#src/web/visit.ts';

/** An answer as it is sent: `overtaken` has become a redirection. */
export type Sendable = Exclude<Answer, { kind: 'overtaken' }>;

/** Sends an answer with its cookies, a page in the frame of its site. */
export function sendAnswer<Session>(
  context: WebContext,
  { frame, people }: Site<Session>,
  visit: Visit,
  reply: FastifyReply,
  answer: Sendable,
): FastifyReply {
  if (answer.kind !== 'document')
    for (const change of answer.cookies ?? []) writeCookie(context, reply, change);
  if (answer.kind === 'redirect') {
    if (answer.done) keepDone(context, reply, answer.done);
    return reply.redirect(answer.to, 303);
  }
  if (answer.retryAfterSeconds !== undefined) reply.header('Retry-After', answer.retryAfterSeconds);
  reply.type('text/html; charset=utf-8');
  if (answer.kind === 'document') return reply.code(answer.status).send(answer.document);
  const { title, body, status = 200, back, wide, beside } = answer;
  const href = typeof back === 'string' ? { href: back } : back;
  const done = people && takeDone(context, reply, visit.voice);
  const news = done && notificationBanner(visit, { type: 'success', content: done, id: 'fait' });
  const content = {
    title,
    body: news ? html`${news}${body}` : body,
    state: status >= 400 ? 'refused' : done ? 'done' : undefined,
    back: href,
    wide,
    beside,
  } as const;
  return reply.code(status).send(frame(visit, content));
}
