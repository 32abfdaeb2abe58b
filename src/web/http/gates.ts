import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FloodGate } from '#src/limits/flood.ts';
import { isMachineHost } from '#src/operations/machine-host.ts';
import { requestRef } from '#src/operations/requests.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import { readCookie } from '#src/web/cookies.ts';
import { accepts, gzipped } from '#src/web/http/compression.ts';
import { misdirectedPage, tooManyPage } from '#src/web/http/error-pages.ts';
import type { RouteKinds } from '#src/web/http/route-kinds.ts';
import type { WebContext } from '#src/web/site.ts';
import { anonymousVisit, preferencesOf } from '#src/web/visit-of.ts';

/** The checks before every page, file and endpoint. */
export interface GateOptions {
  readonly flood: FloodGate;
  /** The address that a visitor counts as whom a cookie names; null, and by default: the one that they come from. */
  readonly knownAs?: (request: FastifyRequest) => string | null;
  /** The hosts that requests may name: the public one, and in the demo those of this machine. */
  readonly isOurHost: (host: string) => boolean;
  /** Resolved once the database can be used; pages that do not need it are answered before. */
  readonly ready: Promise<void>;
  readonly routes: RouteKinds;
  /** The cookies that carry sessions: a request with one needs the database. */
  readonly sessionCookies: readonly string[];
  /** Notes a request that has no client address of its own (`watchUnnamed`). */
  readonly noteUnnamed: (request: FastifyRequest, ip: string) => void;
  /** Refuses a request over the limit in the format of its route; null for a page, which the gate answers itself. */
  readonly refuse: (
    request: FastifyRequest,
    reply: FastifyReply,
    until: Date,
    now: Date,
  ) => FastifyReply | null;
}

/**
 * Checks every request before it is handled: the counter of its client, its host, the flood limit, the availability of
 * the database. Every request is counted, whatever the answer. Probes of a load balancer are never refused: they may
 * have the same address as all visitors, and their answer is one word.
 */
export function registerGates(app: FastifyInstance, context: WebContext, options: GateOptions): void {
  const { isOurHost, flood, ready, routes, refuse, noteUnnamed, knownAs = () => null } = options;
  let waiting = true;
  ready.then(
    () => {
      waiting = false;
    },
    () => {},
  );
  const sendTooManyPage = openTooManyPage(context);
  const sendTooMany = (request: FastifyRequest, reply: FastifyReply, until: Date) => {
    context.events.shed('flood', requestRef(request));
    const now = context.clock.now();
    if (refuse(request, reply, until, now)) return;
    reply.header('Retry-After', secondsUntil(until, now));
    sendTooManyPage(request, reply, until);
  };
  app.addHook('onRequest', (request, reply, done) => {
    // Fastify derives the address anew each time that it is read.
    const { ip } = request;
    noteUnnamed(request, ip);
    const until = flood.admit(knownAs(request) ?? ip, routes.countedAs(request));
    const { host } = request.headers;
    const isProbe = routes.isProbe(request);
    if (isProbe && isMachineHost(host)) return done();
    if (!isOurHost(host ?? '')) {
      const visit = anonymousVisit(context, preferencesOf(request), context.clock.now());
      reply.code(421).type('text/html; charset=utf-8').send(misdirectedPage(visit));
      return;
    }
    if (isProbe) return done();
    if (until) return sendTooMany(request, reply, until);
    if (waiting && needsDatabase(context, options, request)) ready.then(() => done(), done);
    else done();
  });
}

/**
 * The page for a client over the limit. A flood requests it thousands of times: it is built and compressed once for
 * each language, contrast and window, compressed or not, and contains nothing about the client.
 */
function openTooManyPage(context: WebContext) {
  let pages = new Map<string, Buffer | string>();
  let windowEnd = 0;
  return (request: FastifyRequest, reply: FastifyReply, until: Date): FastifyReply => {
    if (until.getTime() !== windowEnd) {
      pages = new Map();
      windowEnd = until.getTime();
    }
    const preferences = preferencesOf(request);
    const inGzip = accepts('gzip', request.headers['accept-encoding']);
    const name = `${preferences.language} ${preferences.contrast} ${inGzip}`;
    let page = pages.get(name);
    if (page === undefined) {
      const document = tooManyPage(anonymousVisit(context, preferences, context.clock.now()), until);
      page = inGzip ? gzipped(document) : document;
      pages.set(name, page);
    }
    if (inGzip) reply.header('content-encoding', 'gzip');
    return reply.code(429).type('text/html; charset=utf-8').send(page);
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
