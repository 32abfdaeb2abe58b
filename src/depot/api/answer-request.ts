import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isKey, namedRequest, reserve, type Sent, settle } from '#src/api/idempotency.ts';
import type { DepotAnswer, DepotEndpoint, DepotRequest } from '#src/depot/api/endpoint.ts';
import { readForm } from '#src/depot/api/form.ts';
import { signedInBy, signedInStill } from '#src/depot/api/gate.ts';
import { type DepotProblem, depotProblem } from '#src/depot/api/problem.ts';
import { sendJson, sendProblem } from '#src/depot/api/send.ts';
import { sha256Of } from '#src/depot/content.ts';
import type { Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';

interface Route {
  readonly services: Services;
  readonly endpoint: DepotEndpoint;
}

/** Answers a request that is signed in: repeats a stored answer, or runs the endpoint. */
export async function answerRequest(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (route.endpoint.takes !== 'form') {
    const body = route.endpoint.takes === 'json' ? request.body : null;
    return answerBody(route, { body, files: new Map() }, request, reply);
  }
  if (!request.isMultipart()) return sendProblem(reply, depotProblem('unsupported-type'));
  const form = await readForm(request);
  if ('code' in form) return sendProblem(reply, form);
  return answerBody(route, { body: form.deposit, files: form.files }, request, reply);
}

async function answerBody(
  { services, endpoint }: Route,
  content: Pick<DepotRequest, 'body' | 'files'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { db, keyring, clock } = services;
  const sender = endpoint.takes === 'nothing' ? signedInBy(request) : await signedInStill(services, request);
  if (!sender) return sendProblem(reply, depotProblem('unauthenticated'));
  const now = clock.now();
  const parameters = parametersOf(request);
  const run = () => endpoint.handle({ ...content, sender, parameters, now, requestId: request.id });
  const key = request.headers['idempotency-key'];
  if (key === undefined || endpoint.method !== 'POST') return send(reply, await run());
  if (!isKey(String(key))) return sendProblem(reply, depotProblem('invalid-key'));
  const named = namedRequest(keyring, String(key), {
    ...scopeOf(sender),
    content: wholeOf(request, content),
  });
  const known = await reserve(db, keyring, named, now);
  if (known.kind === 'other') return sendProblem(reply, depotProblem('key-reused'));
  if (known.kind === 'running') return sendProblem(reply, depotProblem('in-progress', 1));
  if (known.kind === 'again')
    return sendJson(reply.header('idempotency-replayed', 'true'), known.answer.body ?? {});
  let sent: Sent | null = null;
  let answer: DepotAnswer;
  try {
    answer = await run();
    if (answer.kind === 'done') sent = { status: 200, body: answer.body };
  } finally {
    await settle(db, keyring, named, sent);
  }
  // Only now: a sender that gets an answer may send the same request again at once.
  return send(reply, answer);
}

/** The rows of a sender’s requests: those of nobody in the register. */
function scopeOf({ code }: Sender) {
  const personKey = hash('sha256', `sender ${code}`, 'buffer');
  return { personKey, scope: personKey };
}

function wholeOf(request: FastifyRequest, { body, files }: Pick<DepotRequest, 'body' | 'files'>): string[] {
  const parts = [...files].flatMap(([name, bytes]) => [name, sha256Of(bytes)]);
  return [request.method, request.url, JSON.stringify(body), ...parts];
}

const texts = z.record(z.string(), z.string());

function parametersOf({ params, query }: FastifyRequest): Readonly<Record<string, string>> {
  return { ...texts.safeParse(query).data, ...texts.safeParse(params).data };
}

function send(reply: FastifyReply, answer: DepotAnswer): FastifyReply {
  if (answer.kind === 'done') return sendJson(reply, answer.body);
  if (answer.kind === 'problem') return sendProblem(reply, answer satisfies DepotProblem);
  return reply
    .type(answer.type)
    .header('content-length', answer.length)
    .header('content-disposition', 'attachment')
    .send(Readable.from(answer.bytes));
}
