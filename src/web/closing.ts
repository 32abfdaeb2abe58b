import type { FastifyInstance } from 'fastify';
import { Overloaded } from '#src/web/errors.ts';
import { isForMachines } from '#src/web/gates.ts';

/**
 * Requests on connections that are still open while the process closes are refused, with the page that says to come
 * back and what the form held: judged late, when the form has been read.
 */
export function registerClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('preHandler', async (request) => {
    if (closing && !isForMachines(request)) throw new Overloaded('The process is stopping', 'stopping');
  });
}
