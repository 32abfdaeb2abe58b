import type * as http from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { ServerResponse, STATUS_CODES } from '#src/operations/node-http.ts';
import { unreadablePage } from '#src/web/http/error-pages.ts';
import type { GateOptions } from '#src/web/http/gates.ts';
import { securityHeaders } from '#src/web/http/security-headers.ts';
import type { WebContext } from '#src/web/site.ts';
import { anonymousVisit } from '#src/web/visit-of.ts';

/** Why a request could not be parsed. */
type Unreadable = 'line' | 'headers' | 'time' | 'expectation' | 'method';

interface Refusal {
  readonly status: number;
  readonly reason: Unreadable;
}

/** The refusal for an error of Node’s HTTP parser; null when the client has disconnected. */
function refusalOf(error: Error & { code?: string }): Refusal | null {
  switch (error.code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return null;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, reason: 'time' };
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, reason: 'headers' };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, reason: 'headers' };
    default:
      return { status: 400, reason: 'line' };
  }
}

/** How long the client may take to close the connection after a refusal. */
const lingerMs = 1_000;

/**
 * Answers requests that reach neither hook nor page: lines and headers that cannot be parsed, requests that take too
 * long, methods and expectations that we do not support. Each answer has the security headers, and is counted; a client
 * over the flood limit gets none.
 */
export function answerUnreadable(
  context: Pick<WebContext, 'secure' | 'events' | 'policy' | 'demo' | 'clock'>,
  { flood, trustProxy }: Pick<GateOptions, 'flood'> & { readonly trustProxy: string | false },
) {
  const { secure, events } = context;
  const headers = {
    ...securityHeaders(secure),
    'content-type': 'text/html; charset=utf-8',
    connection: 'close',
  };
  let page: string | null = null;

  /** In French: the language of the sender is unknown. Built once. */
  function document(): string {
    page ??= unreadablePage(
      anonymousVisit(context, { language: 'fr', contrast: false }, context.clock.now()),
    );
    return page;
  }

  /** Behind a proxy the peer address is the proxy’s, shared by everyone; the proxy refuses such requests itself. */
  function floods(ip: string | undefined): boolean {
    const isClient = trustProxy === false || trustProxy === 'loopback';
    return ip !== undefined && isClient && flood.admit(ip, 'page') !== null;
  }

  function refuse(socket: Duplex, ip: string | undefined, { status, reason }: Refusal): void {
    events.unreadable(reason);
    if (floods(ip) || !socket.writable) {
      socket.destroy();
      return;
    }
    const text = document();
    const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(text) }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${text}`);
    setTimeout(() => socket.destroy(), lingerMs).unref();
  }

  return {
    /** As Fastify’s `clientErrorHandler`. */
    clientError(error: Error, socket: Socket): void {
      const refusal = refusalOf(error);
      // An answer under way cannot be replaced.
      const current: unknown = Reflect.get(socket, '_httpMessage');
      const answering = current instanceof ServerResponse && current.headersSent;
      if (refusal && !answering && !socket.writableEnded) refuse(socket, socket.remoteAddress, refusal);
      else if (!socket.writableEnded) socket.destroy();
    },
    /** Handles events to which Node would otherwise give its own answer, or none. */
    register({ server }: FastifyInstance): void {
      server.on('checkExpectation', (request: http.IncomingMessage, response: http.ServerResponse) => {
        events.unreadable('expectation');
        if (floods(request.socket.remoteAddress)) request.socket.destroy();
        else response.writeHead(417, headers).end(document());
      });
      server.on('connect', (request: http.IncomingMessage, socket: Duplex) =>
        refuse(socket, request.socket.remoteAddress, { status: 405, reason: 'method' }),
      );
    },
  };
}
