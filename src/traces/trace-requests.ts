import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readTraceParent } from '#src/traces/trace-parent.ts';
import type { OpenSpan, Traces } from '#src/traces/traces.ts';

/**
 * A span for each request, under the pattern of its route: the requested address may hold a secret. Registered before
 * everything else, so that whatever a request causes is below it.
 */
export function traceRequests(app: FastifyInstance, traces: Pick<Traces, 'begin'>): void {
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? '/*';
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'compte.request_id': request.id,
    };
    const about = { name: `${request.method} ${route}`, kind: 'server', attributes } as const;
    const span = traces.begin(about, parentOf(request));
    spans.set(request, span);
    span.run(done);
  });
  // Reading a body leaves what runs around the request.
  app.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    if (span) span.run(done);
    else done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    spans
      .get(request)
      ?.end({ attributes: { 'http.response.status_code': statusCode }, failed: statusCode >= 500 });
    done();
  });
}

/** The parent that a trusted proxy names. Anybody else could join traces of others, or have everything traced. */
function parentOf(request: FastifyRequest) {
  const throughProxy = (request.ips?.length ?? 0) > 1;
  return throughProxy ? readTraceParent(request.headers.traceparent) : null;
}
