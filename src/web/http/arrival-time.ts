import { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its forms may carry files, which take longer to arrive. */
    takesFiles?: boolean;
  }
  interface FastifyRequest {
    /** Ends the connection of a request that has not arrived in time. */
    endUnfinished(): void;
  }
}

/** How long a request may take to arrive whole. */
const usualMs = 15_000;

/** The same for forms with files: 50 MB over a slow line. The HTTP server ends all that take longer. */
export const withFilesMs = 300_000;

/**
 * Node has one limit for all requests, which must leave time for files. All other requests have to arrive sooner, as
 * before there were files.
 */
export function limitArrival(
  app: FastifyInstance,
  endUnfinished: (error: Error, socket: Socket) => void,
): void {
  app.decorateRequest('endUnfinished', function () {
    const { socket, complete } = this.raw;
    // What is injected has no connection.
    if (complete || !(socket instanceof Socket)) return;
    const late = new Error('The request did not arrive in time');
    endUnfinished(Object.assign(late, { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    if (hasBody(request) && request.routeOptions.config.takesFiles !== true) mustArriveSoon(request);
    done();
  });
}

/** Has a request end with its connection when it does not arrive within the usual time from now. */
export function mustArriveSoon(request: FastifyRequest): void {
  const { raw } = request;
  if (raw.complete) return;
  const timer = setTimeout(() => request.endUnfinished(), usualMs);
  timer.unref();
  // Comes after its end, and when its connection is cut.
  raw.once('close', () => clearTimeout(timer));
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
