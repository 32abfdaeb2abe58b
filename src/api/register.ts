import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { openApiDocument } from '#src/api/documentation/openapi.ts';
import type { ApiAnswer, ApiRequest, Endpoint } from '#src/api/endpoint.ts';
import { apiEndpoints } from '#src/api/endpoints.ts';
import { notInvented } from '#src/api/fields.ts';
import { isKey, type NamedRequest, namedRequest, reserve, type Sent, settle } from '#src/api/idempotency.ts';
import { answerAgain, followed, presentedBy } from '#src/api/lost-answer.ts';
import { type ApiProblem, problem, problemDocument, retryAfter } from '#src/api/problem.ts';
import { type ProblemCode, problemStatus } from '#src/api/problem-status.ts';
import { apiRoot } from '#src/api/standing.ts';
import { repeatedField } from '#src/files/repeated-field.ts';
import { clientOf } from '#src/limits/client-address.ts';
import type { StepOutcome } from '#src/operations/events.ts';
import { notePerson, requestRef } from '#src/operations/requests.ts';
import type { Services } from '#src/services.ts';
import { findSession, noteSeen } from '#src/sessions/session.ts';
import { readToken } from '#src/sessions/token.ts';
import { type Language, languageOf, type Voice, voiceOf } from '#src/texts/language.ts';
import { shedFor } from '#src/web/http/errors.ts';
import { leaving } from '#src/web/http/leaving.ts';
import { readPreferences } from '#src/web/http/preferences.ts';
import type { FileAnswer } from '#src/web/page.ts';
import { sendFile } from '#src/web/send-answer.ts';
import { roleKeyOf } from '#src/web/visit-of.ts';

const bodyLimit = 16 * 1024;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * The API, below `apiRoot`: JSON and tokens only. Cookies are ignored, so that a page of another site cannot act for a
 * person, and other sites get no access (no CORS).
 */
export async function registerApi(app: FastifyInstance, services: Services): Promise<void> {
  const endpoints = apiEndpoints(services);
  const documents = new Map<Language, string>();
  const documentIn = (language: Language): string => {
    const json =
      documents.get(language) ?? JSON.stringify(openApiDocument(endpoints, services.policy, language));
    documents.set(language, json);
    return json;
  };
  await app.register(
    async (api) => {
      api.removeAllContentTypeParsers();
      api.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit }, parseJson(api));
      api.setErrorHandler((error: FastifyError, request, reply) => {
        const refusal = problemOf(services, request, error);
        return sendProblem(reply, refusal, languageAsked(request), services.clock.now());
      });
      api.setNotFoundHandler((request, reply) =>
        sendProblem(reply, problem('unknown-address'), languageAsked(request), services.clock.now()),
      );
      api.get('/openapi.json', (request, reply) =>
        reply.type('application/json; charset=utf-8').send(documentIn(languageAsked(request))),
      );
      for (const endpoint of endpoints)
        api.route({
          method: endpoint.method,
          url: endpoint.path,
          handler: (request, reply) => handle(services, endpoint, request, reply),
        });
      for (const [url, allowed] of allowedMethods(endpoints))
        api.route({
          method: methods.filter((method) => !allowed.includes(method)),
          url,
          // Before the body is read: whatever it contains, the method is refused.
          onRequest: (request, reply, _done) => {
            reply.header('allow', allowed.join(', '));
            sendProblem(reply, problem('method-not-allowed'), languageAsked(request), services.clock.now());
          },
          handler: (_request, reply) => reply,
        });
    },
    { prefix: apiRoot },
  );
}

function allowedMethods(endpoints: readonly Endpoint[]): ReadonlyMap<string, readonly string[]> {
  const allowed = new Map<string, string[]>([['/openapi.json', ['GET', 'HEAD']]]);
  for (const { path, method } of endpoints) {
    const also = method === 'GET' ? ['GET', 'HEAD'] : [method];
    allowed.set(path, [...(allowed.get(path) ?? []), ...also]);
  }
  return allowed;
}

/**
 * As Fastify’s own parser, which refuses `__proto__`; an empty body is an empty object. A duplicate field is refused, as
 * on pages, since either value could be meant.
 */
function parseJson(api: FastifyInstance) {
  const parse = api.getDefaultJsonParser('error', 'error');
  return (
    request: FastifyRequest,
    text: string | Buffer,
    done: (error: Error | null, body?: unknown) => void,
  ): void => {
    if (text.length === 0) done(null, {});
    else
      parse(request, String(text), (error, body) => {
        const repeated = error === null && repeatedField(String(text)) !== null;
        done(
          repeated ? Object.assign(new Error('A field is there twice'), { statusCode: 400 }) : error,
          body,
        );
      });
  };
}

/** Answers one request: finds its session, repeats a stored answer, or runs the endpoint. */
async function handle(
  services: Services,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { db, keyring, clock, events } = services;
  const now = clock.now();
  const voice = voiceOf(languageAsked(request), services.policy.wording.style);
  const refuse = (code: ProblemCode) => sendProblem(reply, problem(code), voice, now);
  const presented = presentedBy(request);
  const session = presented && (await findSession(db, keyring, presented, now));
  if (session) {
    notePerson(request, session.personKey);
    await noteSeen(db, session, now);
  }
  const body = objectIn(request.body);
  const key = request.headers['idempotency-key'];
  if (!session && !endpoint.open) {
    const lost = presented && { presented, body, key: key === undefined ? null : String(key) };
    const again = lost && (await answerAgain(services, endpoint, lost, now));
    if (!again) return refuse('unauthenticated');
    return send(reply.header('idempotency-replayed', 'true'), voice, again);
  }
  if (body === null) return refuse('malformed');
  const strange = services.demo?.refuses(roleKeyOf(services, request), textsIn(body)) ?? [];
  if (strange.length > 0) return sendProblem(reply, notInvented(strange, voice), voice, now);
  const client = clientOf(services, request.ip);
  const apiRequest: ApiRequest = {
    body,
    session,
    voice,
    ...addressOf(request),
    userAgent: request.headers['user-agent'] ?? '',
    client,
    signal: leaving(reply),
    now,
  };
  if (key !== undefined && !isKey(String(key))) return refuse('invalid-key');
  const named = key === undefined ? null : nameOf(services, endpoint, apiRequest, String(key));
  const known = named && (await reserve(db, keyring, named, now));
  if (known?.kind === 'other') return refuse('key-reused');
  if (known?.kind === 'running') return refuse('in-progress');
  if (known?.kind === 'again') return send(reply.header('idempotency-replayed', 'true'), voice, known.answer);
  let sent: Sent | null = null;
  try {
    const first = await endpoint.handle(apiRequest);
    const wasFaster = endpoint.renewsToken && first.kind === 'problem' && first.code === 'overtaken';
    const answer = (wasFaster && presented && (await followed(services, presented, now))) || first;
    const given = answer.kind === 'done' ? answer.body?.jeton : undefined;
    const token = typeof given === 'string' ? readToken(keyring, 'bearer', given) : null;
    if (token) notePerson(request, token.personKey);
    const { requestId, route, person = null } = requestRef(request);
    events.stepAnswered(route, outcomeOf(answer), person, requestId);
    if (answer.kind === 'file') return sendFile(reply.header('content-language', languageOf(voice)), answer);
    if (answer.kind === 'problem' && answer.code === 'overloaded')
      events.shed('passwords', requestRef(request));
    sent = sentOf(reply, answer, voice, now);
  } finally {
    if (named) await settle(db, keyring, named, sent);
  }
  return send(reply, voice, sent);
}

/** The idempotency name of a request that changes something; null when its person is not known. */
function nameOf(
  { keyring }: Pick<Services, 'keyring'>,
  { method, path, personOf }: Endpoint,
  apiRequest: ApiRequest,
  key: string,
): NamedRequest | null {
  const { session, client, body } = apiRequest;
  const personKey = personOf ? personOf(apiRequest) : session?.personKey;
  if (method !== 'POST' || !personKey) return null;
  const scope = personOf ? client.key : (session?.tokenHash ?? Buffer.alloc(0));
  return namedRequest(keyring, key, { personKey, scope, content: [method, path, JSON.stringify(body)] });
}

function addressOf({ params, url }: FastifyRequest): Pick<ApiRequest, 'parameter' | 'query'> {
  const named = new Map(Object.entries(params ?? {}));
  return {
    parameter: (name) => String(named.get(name) ?? ''),
    query: new URLSearchParams(url.split('?')[1] ?? ''),
  };
}

function objectIn(body: unknown): Readonly<Record<string, unknown>> | null {
  if (body === undefined) return {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  return Object.fromEntries(Object.entries(body));
}

function textsIn(body: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(body).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
}

function outcomeOf(answer: ApiAnswer): StepOutcome {
  if (answer.kind !== 'problem') return 'passed';
  const status = problemStatus[answer.code];
  if (status === 429) return 'blocked';
  return status === 503 ? 'busy' : 'refused';
}

/** From the header alone: the preference that pages keep in a cookie is ignored. */
function languageAsked({ headers }: FastifyRequest): Language {
  return readPreferences({ query: {}, cookies: {}, acceptLanguage: headers['accept-language'] }).language;
}

function problemOf(services: Services, request: FastifyRequest, error: FastifyError): ApiProblem {
  const retryAfterSeconds = shedFor(services, request, error);
  if (retryAfterSeconds !== null) return problem('overloaded', { retryAfterSeconds });
  const status = error.statusCode ?? 500;
  if (status === 413) return problem('too-large');
  if (status === 415) return problem('not-json');
  if (status >= 400 && status < 500) return problem('malformed');
  services.events.requestFailed(requestRef(request), error);
  return problem('broken');
}

/** Sends an answer with its headers. */
function sentOf(reply: FastifyReply, answer: Exclude<ApiAnswer, FileAnswer>, voice: Voice, now: Date): Sent {
  if (answer.kind === 'done') return { status: answer.status, body: answer.body ?? null };
  const seconds = retryAfter(answer, now);
  if (seconds !== null) reply.header('retry-after', seconds);
  if (answer.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  return { status: problemStatus[answer.code], body: problemDocument(answer, voice) };
}

/** The refusal of too many requests, for the gate that pages and API share. */
export function sendTooMany(
  request: FastifyRequest,
  reply: FastifyReply,
  until: Date,
  now: Date,
): FastifyReply {
  return sendProblem(reply, problem('too-many-requests', { until }), languageAsked(request), now);
}

function sendProblem(reply: FastifyReply, refusal: ApiProblem, voice: Voice, now: Date): FastifyReply {
  return send(reply, voice, sentOf(reply, refusal, voice, now));
}

function send(reply: FastifyReply, voice: Voice, { status, body }: Sent): FastifyReply {
  reply.code(status).header('content-language', languageOf(voice));
  if (body === null) return reply.send();
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return reply.type(`${type}; charset=utf-8`).send(JSON.stringify(body));
}
