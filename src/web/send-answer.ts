import type { FastifyReply } from 'fastify';
import { writeCookie } from '#src/web/cookies.ts';
import type { Answer } from '#src/web/page.ts';
import type { Site, WebContext } from '#src/web/site.ts';
import type { Visit } from '#src/web/visit.ts';

/** An answer as it is sent: `overtaken` has become a redirection. */
export type Sendable = Exclude<Answer, { kind: 'overtaken' }>;

/** Sends an answer with its cookies, a page in the frame of its site. */
export function sendAnswer<Session>(
  context: WebContext,
  { frame }: Site<Session>,
  visit: Visit,
  reply: FastifyReply,
  answer: Sendable,
): FastifyReply {
  if (answer.kind !== 'document')
    for (const change of answer.cookies ?? []) writeCookie(context, reply, change);
  if (answer.kind === 'redirect') return reply.redirect(answer.to, 303);
  if (answer.retryAfterSeconds !== undefined) reply.header('Retry-After', answer.retryAfterSeconds);
  reply.type('text/html; charset=utf-8');
  if (answer.kind === 'document') return reply.code(answer.status).send(answer.document);
  const { title, body, status = 200, back, wide } = answer;
  const href = typeof back === 'string' ? { href: back } : back;
  const content = { title, body, refused: status >= 400, back: href, wide };
  return reply.code(status).send(frame(visit, content));
}
