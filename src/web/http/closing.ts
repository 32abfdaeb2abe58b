import { once } from 'node:events';
import { Server } from 'node:net';
import { setImmediate as loopTurn, setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { Overloaded } from '#src/web/http/errors.ts';
import type { RouteKinds } from '#src/web/http/route-kinds.ts';

/**
 * Refuses requests on connections that are still open while the process stops, with a page that asks to retry and keeps
 * the fields of the form: only after the body has been read.
 */
export function registerClosing(app: FastifyInstance, routes: RouteKinds): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('preHandler', (request, _reply, done) => {
    if (closing && !routes.isFile(request)) done(new Overloaded('The process is stopping', 'stopping'));
    else done();
  });
}

/**
 * Closes the port, and keeps reading the open connections for `ms`, or until there are none: a proxy may just have sent
 * a form on one of them, and could not tell after a reset whether the form was processed.
 */
export async function stopAccepting(app: FastifyInstance, ms: number): Promise<void> {
  const over = new AbortController();
  const closed = once(app.server, 'close', { signal: over.signal }).catch(() => {});
  // Closing the port resets connections that are not accepted yet: by the second turn of the loop they are.
  await loopTurn();
  await loopTurn();
  // The `close` of node:http would also close idle connections.
  Server.prototype.close.call(app.server);
  await Promise.race([closed, wait(ms, undefined, { signal: over.signal })]);
  over.abort();
}
