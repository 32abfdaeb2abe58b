import type { FastifyReply, FastifyRequest } from 'fastify';
import { actingSender, readAccessToken, type TokenClaims } from '#src/depot/api/access-token.ts';
import type { DepotEndpoint } from '#src/depot/api/endpoint.ts';
import { depotProblem } from '#src/depot/api/problem.ts';
import { sendProblem } from '#src/depot/api/send.ts';
import type { FloodGate } from '#src/limits/flood.ts';
import type { SharedCounts } from '#src/limits/shared-counts.ts';
import { isMachineHost } from '#src/operations/machine-host.ts';
import { noteSender, requestRef } from '#src/operations/requests.ts';
import { findSender, type Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import { Overloaded } from '#src/web/http/errors.ts';
import { watchLateness } from '#src/web/http/lateness.ts';

export interface DepotGateOptions {
  /** Counts requests by client, before it has identified itself. */
  readonly flood: FloodGate;
  /** Counts the requests of each sender in a minute. */
  readonly senderRequests: SharedCounts;
  /** Where senders reach the API, without a final slash. */
  readonly publicUrl: () => string;
  /** Requests are refused while the event loop is later than this. */
  readonly lateMs: number;
  /** Resolved once the database can be used. */
  readonly ready: Promise<void>;
}

/** How many requests one sender may send in a minute to all processes together: of a hundred deposits each. */
export const requestsPerMinute = 600;

const signedIn = new WeakMap<FastifyRequest, { readonly sender: Sender; readonly claims: TokenClaims }>();

/** Who a request was signed in by, after `signIn`. */
export function signedInBy(request: FastifyRequest): Sender {
  return claimed(request).sender;
}

/**
 * The same once its body has come, which may take two minutes: as it may act by now; null when it was disabled, or has other
 * keys, meanwhile.
 */
export async function signedInStill(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  request: FastifyRequest,
): Promise<Sender | null> {
  const { claims } = claimed(request);
  return actingSender(keyring, claims, await findSender(db, claims.sender));
}

function claimed(request: FastifyRequest) {
  const known = signedIn.get(request);
  if (!known) throw new Error('The request was not signed in');
  return known;
}

/** What a request passes before its body is read; each refusal is an answer, after which nothing else runs. */
export function openGate(
  services: Services,
  { flood, senderRequests, publicUrl, lateMs, ready }: DepotGateOptions,
) {
  const { db, keyring, clock, events } = services;
  const lateness = watchLateness();

  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const until = flood.admit(request.ip, 'page');
    if (!isMachineHost(request.headers.host, [new URL(publicUrl()).hostname]))
      return sendProblem(reply, depotProblem('misdirected'));
    if (until) return tooMany(request, reply, until);
    // What a body unpacks to cannot be bounded by what it counts.
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      return sendProblem(reply, depotProblem('unsupported-type'));
    if (lateness.ms() > lateMs) throw new Overloaded('The event loop is late');
    await ready;
    return undefined;
  }

  function tooMany(request: FastifyRequest, reply: FastifyReply, until: Date): FastifyReply {
    events.shed('flood', requestRef(request));
    return sendProblem(reply, depotProblem('too-many-requests', secondsUntil(until, clock.now())));
  }

  async function signIn(
    endpoint: DepotEndpoint,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    const [, token = ''] = /^Bearer +([\w.-]{1,1000})$/i.exec(request.headers.authorization ?? '') ?? [];
    const claims = readAccessToken(keyring, token, clock.now());
    if (!claims) return sendProblem(reply, depotProblem('unauthenticated'));
    noteSender(request, claims.sender);
    const { total, end } = senderRequests.add(claims.sender, 1);
    if (total > requestsPerMinute) return tooMany(request, reply, end);
    const sender = actingSender(keyring, claims, await findSender(db, claims.sender));
    if (!sender) return sendProblem(reply, depotProblem('unauthenticated'));
    if (!endpoint.scopes.some((scope) => sender.scopes.includes(scope)))
      return sendProblem(reply, depotProblem('scope-missing'));
    signedIn.set(request, { sender, claims });
    return undefined;
  }

  return { admit, signIn };
}
