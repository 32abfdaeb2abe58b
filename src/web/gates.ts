import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendTooMany } from '#src/api/register.ts';
import { apiRoot } from '#src/api/standing.ts';
import type { AppOptions } from '#src/app.ts';
import { smsReportPath } from '#src/notices/sms/report-route.ts';
import { requestRef } from '#src/operations/requests.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { readCookie } from '#src/web/cookies.ts';
import { tooManyPage } from '#src/web/error-pages.ts';
import { visitOf } from '#src/web/visit-of.ts';

const machinePaths = /^\/(healthz|readyz|assets\/|favicon\.ico)/;

/** Files and probes: answered without a database, and whatever there is to do. */
export function isForMachines({ url }: Pick<FastifyRequest, 'url'>): boolean {
  return machinePaths.test(url);
}

const pagesWithoutDatabase: ReadonlySet<string> = new Set([
  paths.home,
  paths.legal,
  paths.accessibility,
  paths.securityAdvice,
  paths.personalData,
]);

/** What a request passes before anything is done for it: its host, the flood gate, a database that is there. */
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
  app.addHook('onRequest', async (request, reply) => {
    if (isForMachines(request)) return;
    if (!isOurHost(request.headers.host ?? ''))
      return reply.code(421).type('text/plain').send('Misdirected request');
    // Reports of a gateway come from one address, and are signed.
    const until = request.url === smsReportPath ? null : flood.admit(request.ip);
    if (until) {
      services.events.shed('flood', requestRef(request));
      const now = services.clock.now();
      if (request.url.startsWith(`${apiRoot}/`)) return sendTooMany(request, reply, until, now);
      const visit = visitOf(services, request, reply, null, now);
      return reply
        .code(429)
        .header('Retry-After', Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)))
        .type('text/html; charset=utf-8')
        .send(tooManyPage(visit, until));
    }
    if (waiting && needsDatabase(services, request)) await ready;
  });
}

function needsDatabase(services: Services, request: FastifyRequest): boolean {
  if (request.method !== 'GET' || readCookie(services, request, 'session') !== null) return true;
  return !pagesWithoutDatabase.has(request.url.split('?')[0] ?? '');
}
