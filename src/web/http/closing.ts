import { once } from 'node:events';
import { Server } from 'node:net';
import { setImmediate as loopTurn, setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { Overloaded } from '#src/web/http/errors.ts';
import type { RouteKinds } from '#src/web/http/route-kinds.ts';

/**
 * Requests on connections that are still open while the process closes are refused, with the page that says to come
 * back and what the form held: judged late, when the form has been read.
 */
export function registerClosing(app: FastifyInstance, routes: RouteKinds): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('preHandler', async (request) => {
    if (closing && !routes.isFile(request)) throw new Overloaded('The process is stopping', 'stopping');
  });
}

/**
 * Closes the port, and goes on reading the connections that it has for `ms`, or until there are none: on one that a
 * proxy has just made a form may be on its way, and closing it would leave the proxy not knowing whether the form was
 * taken.
 */
export async function stopAccepting(app: FastifyInstance, ms: number): Promise<void> {
  const over = new AbortController();
  const closed = once(app.server, 'close', { signal: over.signal }).catch(() => {});
  // The second turn begins right after those waiting at the port were accepted: closing it resets them.
  await loopTurn();
  await loopTurn();
  // The close of node:http would also end the connections on which no request is under way.
  Server.prototype.close.call(app.server);
  await Promise.race([closed, wait(ms, undefined, { signal: over.signal })]);
  over.abort();
}
