import type { FastifyRequest } from 'fastify';
import { type ApiDone, done, type Endpoint } from '#src/api/endpoint.ts';
import { isKey, namedRequest, recall, type Sent } from '#src/api/idempotency.ts';
import { standingIn } from '#src/api/standing.ts';
import type { Services } from '#src/services.ts';
import { findNext } from '#src/sessions/find-again.ts';
import { requestDigest } from '#src/sessions/request-digest.ts';
import type { Presented } from '#src/sessions/session.ts';
import { readToken, tokenHash } from '#src/sessions/token.ts';

export interface LostAnswer {
  readonly presented: Presented;
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly key: string | null;
}

/**
 * The answer with a new token, for a program that lost it and has only the older one, which has ended: for a while, if
 * the request had an `Idempotency-Key`; for a minute otherwise. The request must be exactly the same, proof included.
 */
export async function answerAgain(
  services: Services,
  { method, path, renewsToken }: Endpoint,
  { presented, body, key }: LostAnswer,
  now: Date,
): Promise<Sent | null> {
  const { db, keyring } = services;
  const token = readToken(keyring, presented.carrier, presented.token);
  if (!renewsToken || !token || body === null) return null;
  const content = [method, path, JSON.stringify(body)];
  const whose = { personKey: token.personKey, scope: tokenHash(keyring, token), content };
  const kept =
    key !== null && isKey(key) && (await recall(db, keyring, namedRequest(keyring, key, whose), now));
  if (kept) return kept;
  const answer = await followed(services, presented, now);
  return answer && { status: answer.status, body: answer.body ?? null };
}

/** The outcome of the same request a moment ago, with the token that it issued. */
export async function followed(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  presented: Presented,
  now: Date,
): Promise<ApiDone | null> {
  const next = await findNext(db, keyring, presented, now);
  return next && done({ jeton: next.issued.token, ...standingIn(next.session, now) });
}

/** The token of the `Authorization` header; null when there is none. */
export function presentedBy(request: FastifyRequest): Presented | null {
  const token = /^Bearer +([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? null : { carrier: 'bearer', token, request: () => requestDigest(request) };
}
