import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '#src/database/away.ts';
import type { ShedReason } from '#src/operations/events.ts';
import { requestRef } from '#src/operations/requests.ts';
import { judgeForm, readSent } from '#src/web/forms/csrf.ts';
import { shownToNobody } from '#src/web/forms/form-token.ts';
import { postedFields } from '#src/web/forms/posted-fields.ts';
import {
  awayPage,
  badRequestPage,
  brokenPage,
  notFoundPage,
  overloadedPage,
  type Resend,
} from '#src/web/http/error-pages.ts';
import type { WebContext } from '#src/web/site.ts';
import type { Visit } from '#src/web/visit.ts';
import { visitOf } from '#src/web/visit-of.ts';

/** Thrown where a request is refused because of load. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
  readonly what: Exclude<ShedReason, 'database'>;
  constructor(message: string, what: Exclude<ShedReason, 'database'> = 'event-loop') {
    super(message);
    this.what = what;
  }
}

/** Refuses a visitor without a session, while password hashes queue up. */
export function newcomersMustWait(): Overloaded {
  return new Overloaded('Too many passwords are waiting', 'passwords');
}

/** Fields that are never sent back to a page. */
const secretFields = [
  '_csrf',
  'motDePasse',
  'motDePasseActuel',
  'confirmation',
  'iban7',
  'numeroSerie',
  'code',
];

/** The internal route for an address that cannot be decoded. */
export const unreadablePath = '/adresse-illisible';

/** Error pages: never a stack trace or a message of a library. */
export function registerErrors(app: FastifyInstance, context: WebContext): void {
  app.setNotFoundHandler((request, reply) =>
    answer(reply, 404, notFoundPage(visitFor(context, request, reply))),
  );
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: unreadablePath,
    // Answers before the body is read.
    onRequest: async (request, reply) => answer(reply, 400, notFoundPage(visitFor(context, request, reply))),
    handler: (_request, reply) => reply,
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const visit = visitFor(context, request, reply);
    const seconds = shedFor(context, request, error);
    if (seconds !== null) {
      reply.header('Retry-After', seconds);
      const resend = resendable(context, request);
      const document =
        error instanceof Overloaded
          ? overloadedPage(visit, seconds, resend)
          : awayPage(visit, seconds, request.method === 'POST', resend);
      return answer(reply, 503, document);
    }
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return answer(reply, status, badRequestPage(visit));
    context.events.requestFailed(requestRef(request), error);
    return answer(reply, 500, brokenPage(visit, request.id));
  });
}

/** The delay for `Retry-After` after a failure from load or without the database, which it logs; null for any other. */
export function shedFor(
  context: Pick<WebContext, 'random' | 'events'>,
  request: FastifyRequest,
  error: FastifyError,
): number | null {
  const overloaded = error instanceof Overloaded;
  if (!overloaded && !isDatabaseAway(error)) return null;
  context.events.shed(overloaded ? error.what : 'database', requestRef(request), overloaded ? null : error);
  return 3 + ((context.random.bytes(1)[0] ?? 0) % 6);
}

function answer(reply: FastifyReply, status: number, document: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(document);
}

function visitFor(context: WebContext, request: FastifyRequest, reply: FastifyReply): Visit {
  return visitOf(context, request, reply, { now: context.clock.now() });
}

/** The fields of a genuine form; none of any other, which would be sent again with a token of ours. */
function resendable(context: WebContext, request: FastifyRequest): Resend | undefined {
  const { body, method, url } = request;
  if (method !== 'POST') return undefined;
  const fields = postedFields(body);
  const token = fields.get('_csrf') ?? '';
  if (judgeForm(context, request, readSent(context, token), shownToNobody) !== 'genuine') return undefined;
  const kept = [...fields].filter(([name]) => !secretFields.includes(name));
  return { action: url, token, fields: kept };
}
