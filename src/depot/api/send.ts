import type { FastifyReply } from 'fastify';
import { type DepotProblem, depotProblems, problemDocument } from '#src/depot/api/problem.ts';

export function sendProblem(reply: FastifyReply, problem: DepotProblem): FastifyReply {
  const { code, retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  if (code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  return reply
    .code(depotProblems[code][0])
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemDocument(problem)));
}

export function sendJson(reply: FastifyReply, body: Readonly<Record<string, unknown>>): FastifyReply {
  return reply.code(200).type('application/json; charset=utf-8').send(JSON.stringify(body));
}
