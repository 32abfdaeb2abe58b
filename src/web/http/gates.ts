import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FloodGate } from '#src/limits/flood.ts';
import { isMachineHost } from '#src/operations/machine-host.ts';
import { requestRef } from '#src/operations/requests.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import { readCookie } from '#src/web/cookies.ts';
import { acceptedEncoding, compress } from '#src/web/http/compression.ts';
import { tooManyPage } from '#src/web/http/error-pages.ts';
import type { RouteKinds } from '#src/web/http/route-kinds.ts';
import type { WebContext } from '#src/web/site.ts';
import { anonymousVisit, preferencesOf } from '#src/web/visit-of.ts';

/** What stands before every page, file and endpoint, as the application is set up. */
export interface GateOptions {
  readonly flood: FloodGate;
  /** Hosts that requests may name: the public one, and in the demo this machine’s. */
  readonly isOurHost: (host: string) => boolean;
  /** Settled once the database can be used; pages that need none are answered before. */
  readonly ready: Promise<void>;
  readonly routes: RouteKinds;
  /** The cookies that carry sessions: a request with one needs the database. */
  readonly sessionCookies: readonly string[];
  /** Refuses a request that comes too often in its own way, where it does not ask for a page; null where it does. */
  readonly refuse: (
    request: FastifyRequest,
    reply: FastifyReply,
    until: Date,
    now: Date,
  ) => FastifyReply | null;
}

/**
 * What a request passes before anything is done for it: the count of its client, its host, the flood gate, a database
 * that is there. Every request is counted, whatever is answered. Probes of a load balancer are never refused: their
 * address may be that of all visitors, and their answer is a word.
 */
export function registerGates(app: FastifyInstance, context: WebContext, options: GateOptions): void {
  const { isOurHost, flood, ready, routes, refuse } = options;
  let waiting = true;
  ready.then(
    () => {
      waiting = false;
    },
    () => {},
  );
  const sendTooManyPage = openTooManyPage(context);
  app.addHook('onRequest', async (request, reply) => {
    const until = flood.admit(request.ip, routes.countedAs(request));
    const { host } = request.headers;
    const isProbe = routes.isProbe(request);
    if (isProbe && isMachineHost(host)) return;
    if (!isOurHost(host ?? '')) return reply.code(421).type('text/plain').send('Misdirected request');
    if (isProbe) return;
    if (until) {
      context.events.shed('flood', requestRef(request));
      const now = context.clock.now();
      const refused = refuse(request, reply, until, now);
      if (refused) return refused;
      reply.header('Retry-After', secondsUntil(until, now));
      return sendTooManyPage(request, reply, until);
    }
    if (waiting && needsDatabase(context, options, request)) await ready;
  });
}

/**
 * The page for a client that asks for too much. Whoever floods asks for it thousands of times: it is made and
 * compressed once for a language, a contrast, an encoding and a window, and says nothing of who asks.
 */
function openTooManyPage(context: WebContext) {
  let made = new Map<string, Buffer | string>();
  let madeFor = 0;
  return (request: FastifyRequest, reply: FastifyReply, until: Date): FastifyReply => {
    if (until.getTime() !== madeFor) {
      made = new Map();
      madeFor = until.getTime();
    }
    const preferences = preferencesOf(request);
    const encoding = acceptedEncoding(request.headers['accept-encoding']);
    const name = `${preferences.language} ${preferences.contrast} ${encoding}`;
    let page = made.get(name);
    if (page === undefined) {
      const document = tooManyPage(anonymousVisit(context, preferences, context.clock.now()), until);
      page = encoding === null ? document : compress(document, encoding);
      made.set(name, page);
    }
    if (encoding !== null) reply.header('content-encoding', encoding);
    return reply.code(429).header('vary', 'Accept-Encoding').type('text/html; charset=utf-8').send(page);
  };
}

function needsDatabase(
  context: WebContext,
  { routes, sessionCookies }: Pick<GateOptions, 'routes' | 'sessionCookies'>,
  request: FastifyRequest,
): boolean {
  if (routes.isFile(request)) return false;
  const hasSession = sessionCookies.some((name) => readCookie(context, request, name) !== null);
  return hasSession || !routes.needsNoDatabase(request);
}
