import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { answerRequest } from '#src/depot/api/answer-request.ts';
import { type DepotEndpoint, depotRoot, tokenPath } from '#src/depot/api/endpoint.ts';
import { depotEndpoints } from '#src/depot/api/endpoints.ts';
import { formOptions } from '#src/depot/api/form.ts';
import { type DepotGateOptions, openGate, signedInBy } from '#src/depot/api/gate.ts';
import { type Lane, openLane } from '#src/depot/api/lane.ts';
import { depotOpenApi } from '#src/depot/api/openapi.ts';
import { type DepotProblem, depotProblem } from '#src/depot/api/problem.ts';
import { sendProblem } from '#src/depot/api/send.ts';
import { answerTokenRequest } from '#src/depot/api/token-request.ts';
import { readJson } from '#src/files/strict-json.ts';
import type { Log } from '#src/log/log.ts';
import { requestIds, requestRef } from '#src/operations/requests.ts';
import type { Services } from '#src/services.ts';
import type { Traces } from '#src/traces/traces.ts';
import { shedFor } from '#src/web/http/errors.ts';

export interface DepotAppOptions extends DepotGateOptions {
  /** Where requests are reported; null, and by default: nowhere. */
  readonly traces?: Traces | null;
  readonly log: Log;
  readonly trustProxy: string | false;
}

/** A form holds up to five files of 10 MB, twice while they are read; parsed JSON takes some ten times its size. */
const sizes = {
  form: { most: 4, ofOneSender: 2 },
  json: { most: 8, ofOneSender: 4 },
};
/** Of the proxy, and of senders that reach the port themselves. */
const mostConnections = 1_000;

/** A hundred payments of ten long lines each: parsing it must not hold the pages of the same process. */
const jsonBytes = 1024 * 1024;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};

/** Routes have no schemas of Fastify’s: what is read is parsed by its endpoint. */
function noSchemas(): never {
  throw new Error('Routes have no schemas: what is read is parsed by their endpoints');
}

/**
 * The sender’s API, an application of its own, ready to listen or for `inject`. A request is counted, then its host, its
 * token, its sender’s allowance and its scopes are looked at, and only then its body is read.
 */
export async function buildDepotApp(services: Services, options: DepotAppOptions): Promise<FastifyInstance> {
  const log: FastifyBaseLogger = options.log.child({ event: 'depotServer' });
  const app = Fastify({
    childLoggerFactory: () => log,
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy,
    genReqId: requestIds(services.random),
    return503OnClosing: false,
    // An address that cannot be decoded reaches no hook.
    frameworkErrors: (_error, _request, reply) => {
      sendProblem(reply.headers(headers), depotProblem('malformed'));
    },
    bodyLimit: 16 * 1024,
    // Five files of 10 MB over a slow line.
    requestTimeout: 120_000,
    keepAliveTimeout: 61_000,
    http: {
      headersTimeout: 10_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 1_000,
      requireHostHeader: false,
    },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  options.traces?.watchRequests(app);
  app.server.maxConnections = mostConnections;
  const gate = openGate(services, options);
  const lanes: Readonly<Record<DepotEndpoint['takes'], Lane | null>> = {
    form: openLane(sizes.form),
    json: openLane(sizes.json),
    nothing: null,
  };
  app.addHook('onRequest', gate.admit);
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(headers);
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, depotProblem('unknown-address')));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const seconds = shedFor(services, request, error);
    if (seconds !== null) return sendProblem(reply, depotProblem('overloaded', seconds));
    const problem = problemOf(error);
    if (problem.code === 'broken') services.events.requestFailed(requestRef(request), error);
    return sendProblem(reply, problem);
  });
  const endpoints = depotEndpoints(services);
  app.get(`${depotRoot}/openapi.json`, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(depotOpenApi(endpoints, options.publicUrl())),
  );
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(formbody, { bodyLimit: 16 * 1024 });
    scope.post(tokenPath, (request, reply) =>
      answerTokenRequest(services, `${options.publicUrl()}${tokenPath}`, request, reply),
    );
  });
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: jsonBytes },
      async (_request: unknown, bytes: string | Buffer) => jsonIn(Buffer.from(bytes)),
    );
    route(scope, 'json');
    route(scope, 'nothing');
  });
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(multipart, formOptions);
    route(scope, 'form');
  });
  refuseOtherMethods(app, endpoints);
  return app;

  function route(scope: FastifyInstance, takes: DepotEndpoint['takes']): void {
    const lane = lanes[takes];
    for (const endpoint of endpoints.filter((one) => one.takes === takes))
      scope.route({
        method: endpoint.method,
        url: `${depotRoot}${endpoint.path}`,
        onRequest: async (request, reply) => {
          const refused = await gate.signIn(endpoint, request, reply);
          if (refused === undefined) lane?.(signedInBy(request).code, reply);
          return refused;
        },
        handler: (request, reply) => answerRequest({ services, endpoint }, request, reply),
      });
  }
}

/** A JSON body that is not taken. */
class UnfitJson extends Error {
  override readonly name = 'UnfitJson';
  readonly statusCode = 400;
  readonly problem: DepotProblem;
  constructor(problem: DepotProblem) {
    super('The body is not taken');
    this.problem = problem;
  }
}

function jsonIn(bytes: Buffer): unknown {
  const reading = readJson(bytes);
  if (reading.kind === 'read') return reading.value;
  throw new UnfitJson(depotProblem(reading.kind));
}

function problemOf(error: FastifyError): DepotProblem {
  const { statusCode: status = 500 } = error;
  if (error instanceof UnfitJson) return error.problem;
  if (status === 413) return depotProblem('too-large');
  if (status === 415 || status === 406) return depotProblem('unsupported-type');
  return depotProblem(status >= 400 && status < 500 ? 'malformed' : 'broken');
}

/** Answered before a body is read. */
function refuseOtherMethods(app: FastifyInstance, endpoints: readonly DepotEndpoint[]): void {
  const allowed = new Map<string, string[]>([
    [tokenPath, ['POST']],
    [`${depotRoot}/openapi.json`, ['GET', 'HEAD']],
  ]);
  for (const { method, path } of endpoints) {
    const url = `${depotRoot}${path}`;
    allowed.set(url, [...(allowed.get(url) ?? []), ...(method === 'GET' ? ['GET', 'HEAD'] : [method])]);
  }
  for (const [url, names] of allowed)
    app.route({
      method: methods.filter((method) => !names.includes(method)),
      url,
      onRequest: (_request, reply, _done) => {
        sendProblem(reply.header('allow', names.join(', ')), depotProblem('method-not-allowed'));
      },
      handler: (_request, reply) => reply,
    });
}
