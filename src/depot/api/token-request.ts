import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { issueAccessToken, tokenSeconds } from '#src/depot/api/access-token.ts';
import { senderOfAssertion } from '#src/depot/api/assertion.ts';
import { sendJson } from '#src/depot/api/send.ts';
import { senderScopes } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What a token request says (RFC 6749, 4.4; RFC 7523, 2.2); other parameters are ignored. */
export const tokenRequest = z.object({
  grant_type: z.literal('client_credentials'),
  client_assertion_type: z.literal(assertionType),
  client_assertion: z.string().min(1).max(8000),
  client_id: z.string().max(100).optional(),
  /** Space between them; without it, all that the sender may do. */
  scope: z.string().max(200).optional(),
});

/** Answers a request for an access token, in the words of OAuth 2.0. */
export async function answerTokenRequest(
  services: Services,
  audience: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const read = tokenRequest.safeParse(request.body);
  if (!read.success) return fail(reply, 400, 'invalid_request');
  const { client_assertion: assertion, client_id: clientId, scope } = read.data;
  const now = services.clock.now();
  const sender = await senderOfAssertion(services, assertion, { audience, now });
  if (!sender || (clientId !== undefined && clientId !== sender.code))
    return fail(reply, 401, 'invalid_client');
  const asked = scope === undefined ? senderScopes : scope.split(' ');
  const scopes = sender.scopes.filter((one) => asked.includes(one));
  if (scope !== undefined && scopes.length < asked.length) return fail(reply, 400, 'invalid_scope');
  return sendJson(reply, {
    access_token: issueAccessToken(services.keyring, sender, scopes, now),
    token_type: 'Bearer',
    expires_in: tokenSeconds,
    scope: scopes.join(' '),
  });
}

function fail(reply: FastifyReply, status: 400 | 401, error: string): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ error }));
}
