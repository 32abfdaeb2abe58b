import type { FastifyInstance } from 'fastify';
import type { Events } from '#src/operations/events.ts';
import type { Health } from '#src/operations/health.ts';
import { healthAnswer } from '#src/operations/listener.ts';

/** One line and one observation for each answer: the route's pattern, never the address that was asked. */
export function logRequests(app: FastifyInstance, events: Pick<Events, 'requestServed'>): void {
  app.addHook('onResponse', async (request, reply) => {
    events.requestServed({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? '/*',
      status: reply.statusCode,
      ms: reply.elapsedTime,
    });
  });
}

/**
 * A stopping process answers its last requests with `Connection: close`: a proxy that keeps connections open would
 * otherwise send a form on one that is being closed, and could not tell whether it was taken.
 */
export function retireConnections(app: FastifyInstance, health: Pick<Health, 'isStopping'>): void {
  app.addHook('onSend', async (_request, reply) => {
    if (health.isStopping()) reply.header('connection', 'close');
  });
}

/** `/healthz` and `/readyz` on the public listener, for a load balancer that only sees that one. */
export function serveHealth(app: FastifyInstance, health: Health): void {
  for (const path of ['/healthz', '/readyz']) {
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
