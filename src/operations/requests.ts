import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Random } from '#src/crypto/random.ts';
import type { Events, RequestRef } from '#src/operations/events.ts';
import type { Health } from '#src/operations/health.ts';
import { healthAnswer } from '#src/operations/listener.ts';

/**
 * Ids of requests, for the log and for error pages. A random prefix for each process keeps them apart: several
 * processes count at the same time, each from 1.
 */
export function requestIds(random: Pick<Random, 'bytes'>): () => string {
  const start = random.bytes(4).readUInt32BE().toString(36).padStart(7, '0');
  let count = 0;
  return () => {
    count += 1;
    return `req-${start}-${count.toString(36)}`;
  };
}

const people = new WeakMap<FastifyRequest, Buffer>();

/** From now on, log lines about this request carry the reference of this person. */
export function notePerson(request: FastifyRequest, personKey: Buffer): void {
  people.set(request, personKey);
}

const senders = new WeakMap<FastifyRequest, string>();

/** From now on, log lines about this request name this sender of deposits. */
export function noteSender(request: FastifyRequest, code: string): void {
  senders.set(request, code);
}

/** The request as events identify it: the pattern of its route, never the requested address. */
export function requestRef(request: FastifyRequest): RequestRef {
  return {
    requestId: request.id,
    route: request.routeOptions.url ?? '/*',
    person: people.get(request) ?? null,
    sender: senders.get(request),
  };
}

/** One log line and one observation for each response. */
export function logRequests(app: FastifyInstance, events: Pick<Events, 'requestServed'>): void {
  app.addHook('onResponse', (request, reply, done) => {
    events.requestServed({
      ...requestRef(request),
      method: request.method,
      status: reply.statusCode,
      ms: reply.elapsedTime,
    });
    done();
  });
}

/**
 * A stopping process answers its last requests with `Connection: close`: a proxy that reuses connections could
 * otherwise send a form on one that is about to close, and would not know whether it was received.
 */
export function retireConnections(app: FastifyInstance, health: Pick<Health, 'isStopping'>): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (health.isStopping()) reply.header('connection', 'close');
    done(null, payload);
  });
}

export const healthPaths: readonly string[] = ['/healthz', '/readyz'];

/** `/healthz` and `/readyz` on the public listener, for a load balancer that cannot reach the operations port. */
export function serveHealth(app: FastifyInstance, health: Health): void {
  for (const path of healthPaths) {
    app.get(path, async (_request, reply) => {
      const answer = await healthAnswer(path, health);
      if (answer === null) return reply.callNotFound();
      return reply
        .code(answer.status)
        .header('cache-control', 'no-store')
        .type(answer.type)
        .send(answer.body);
    });
  }
}
