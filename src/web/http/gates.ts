import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendTooMany } from '#src/api/register.ts';
import { apiRoot } from '#src/api/standing.ts';
import type { AppOptions } from '#src/app.ts';
import { smsReportPath } from '#src/delivery/sms/report-route.ts';
import { installablePaths } from '#src/installable/register.ts';
import { isMachineHost } from '#src/operations/machine-host.ts';
import { healthPaths, requestRef } from '#src/operations/requests.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { readCookie } from '#src/web/cookies.ts';
import { assetPaths } from '#src/web/http/assets.ts';
import { acceptedEncoding, compress } from '#src/web/http/compression.ts';
import { tooManyPage } from '#src/web/http/error-pages.ts';
import { anonymousVisit, preferencesOf } from '#src/web/visit-of.ts';

const health: ReadonlySet<string> = new Set(healthPaths);
const files: ReadonlySet<string> = new Set([
  ...assetPaths,
  ...installablePaths,
  ...healthPaths,
  smsReportPath,
]);

/** Files and probes: answered without a database, and whatever there is to do. */
export function isForMachines({ routeOptions: { url = '' } }: FastifyRequest): boolean {
  return files.has(url) && url !== smsReportPath;
}

const pagesWithoutDatabase: ReadonlySet<string> = new Set([
  paths.home,
  paths.legal,
  paths.accessibility,
  paths.securityAdvice,
  paths.personalData,
]);

/**
 * What a request passes before anything is done for it: the count of its client, its host, the flood gate, a database
 * that is there. Every request is counted, whatever is answered. Probes of a load balancer are never refused: their
 * address may be that of all visitors, and their answer is a word.
 */
export function registerGates(
  app: FastifyInstance,
  services: Services,
  { isOurHost, flood, ready }: Pick<AppOptions, 'isOurHost' | 'flood' | 'ready'>,
): void {
  let waiting = true;
  ready.then(
    () => {
      waiting = false;
    },
    () => {},
  );
  const sendTooManyPage = openTooManyPage(services);
  app.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url ?? '';
    const until = flood.admit(request.ip, files.has(route) ? 'file' : 'page');
    const { host } = request.headers;
    if (health.has(route) && isMachineHost(host)) return;
    if (!isOurHost(host ?? '')) return reply.code(421).type('text/plain').send('Misdirected request');
    if (health.has(route)) return;
    if (until) {
      services.events.shed('flood', requestRef(request));
      const now = services.clock.now();
      if (request.url.startsWith(`${apiRoot}/`)) return sendTooMany(request, reply, until, now);
      reply.header('Retry-After', Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)));
      return sendTooManyPage(request, reply, until);
    }
    if (waiting && needsDatabase(services, request)) await ready;
  });
}

/**
 * The page for a client that asks for too much. Whoever floods asks for it thousands of times: it is made and
 * compressed once for a language, a contrast, an encoding and a window, and says nothing of who asks.
 */
function openTooManyPage(services: Services) {
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
      const document = tooManyPage(anonymousVisit(services, preferences, services.clock.now()), until);
      page = encoding === null ? document : compress(document, encoding);
      made.set(name, page);
    }
    if (encoding !== null) reply.header('content-encoding', encoding);
    return reply.code(429).header('vary', 'Accept-Encoding').type('text/html; charset=utf-8').send(page);
  };
}

function needsDatabase(services: Services, request: FastifyRequest): boolean {
  if (isForMachines(request)) return false;
  if (request.method !== 'GET' || readCookie(services, request, 'session') !== null) return true;
  return !pagesWithoutDatabase.has(request.url.split('?')[0] ?? '');
}
