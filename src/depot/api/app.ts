import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { answerRequest, openSlots } from '#src/depot/api/answer-request.ts';
import { type DepotEndpoint, depotRoot, tokenPath } from '#src/depot/api/endpoint.ts';
import { depotEndpoints } from '#src/depot/api/endpoints.ts';
import { formLimits } from '#src/depot/api/form.ts';
import { type DepotGateOptions, openGate, signedInBy } from '#src/depot/api/gate.ts';
import { depotOpenApi } from '#src/depot/api/openapi.ts';
import { type DepotProblem, depotProblem } from '#src/depot/api/problem.ts';
import { sendProblem } from '#src/depot/api/send.ts';
import { answerTokenRequest } from '#src/depot/api/token-request.ts';
import { repeatedField } from '#src/files/repeated-field.ts';
import type { Log } from '#src/log/log.ts';
import { requestIds, requestRef } from '#src/operations/requests.ts';
import type { Services } from '#src/services.ts';
import { parseJson } from '#src/texts/json.ts';
import { shedFor } from '#src/web/http/errors.ts';

export interface DepotAppOptions extends DepotGateOptions {
  readonly log: Log;
  readonly trustProxy: string | false;
}

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
  const loggerInstance: FastifyBaseLogger = options.log.child({ event: 'depotServer' });
  const app = Fastify({
    loggerInstance,
    childLoggerFactory: (logger) => logger,
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
    http: { headersTimeout: 10_000, maxHeaderSize: 16 * 1024, requireHostHeader: false },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  const gate = openGate(services, options);
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
      { parseAs: 'string', bodyLimit: jsonBytes },
      async (_request: unknown, text: string | Buffer) => jsonIn(String(text)),
    );
    route(scope, 'json');
    route(scope, 'nothing');
  });
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(multipart, { limits: formLimits, throwFileSizeLimit: true });
    route(scope, 'form');
  });
  refuseOtherMethods(app, endpoints);
  return app;

  function route(scope: FastifyInstance, takes: DepotEndpoint['takes']): void {
    const slots = openSlots();
    for (const endpoint of endpoints.filter((one) => one.takes === takes))
      scope.route({
        method: endpoint.method,
        url: `${depotRoot}${endpoint.path}`,
        onRequest: (request, reply) => gate.signIn(endpoint, request, reply),
        handler: (request, reply) =>
          answerRequest({ services, endpoint, slots, sender: signedInBy(request) }, request, reply),
      });
  }
}

/** The value of a JSON text; a duplicate field is refused, since either value could be meant. */
function jsonIn(text: string): unknown {
  const value = parseJson(text);
  if (value !== undefined && repeatedField(text) === null) return value;
  throw Object.assign(new Error('The body is not JSON'), { statusCode: 400 });
}

function problemOf({ statusCode: status = 500 }: FastifyError): DepotProblem {
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
