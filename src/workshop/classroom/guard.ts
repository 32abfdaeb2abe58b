import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookieName, sessionOver } from '#src/access/session-cookie.ts';
import { presentedBy } from '#src/api/lost-answer.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { smsReportPath } from '#src/delivery/sms/report-route.ts';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import type { ClassState } from '#src/exercise/class-state.ts';
import { stepOfPage } from '#src/exercise/steps.ts';
import { installablePaths } from '#src/installable/register.ts';
import { healthPaths } from '#src/operations/requests.ts';
import { paths } from '#src/paths.ts';
import type { PageSeen, Services } from '#src/services.ts';
import { readToken } from '#src/sessions/token.ts';
import { readCookie, writeCookie } from '#src/web/cookies.ts';
import { assetPaths } from '#src/web/http/assets.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import type { Placing } from '#src/workshop/placing/placing.ts';

export interface GuardOptions {
  readonly state: () => ClassState;
  readonly seated: (cookie: string | null) => Seated | null;
  /** The seat of the program that plays its person. */
  readonly played: (cookie: string | null) => Seated | null;
  readonly follow: Placing['follow'];
  readonly services: Pick<Services, 'keyring' | 'secure' | 'demo'>;
}

/** Pages whose form, once taken, gives the account a password of its person’s own. */
const choosesPassword = new Set<string>([paths.password, paths.newPassword, paths.accountPassword]);

const open = new Set<string>([...assetPaths, ...installablePaths, ...healthPaths, smsReportPath]);

/**
 * Lets only seats of this class in, only while it is open, and each only where its seat is. A session of somebody whom the
 * seat does not play (another seat’s, or the person whom it played before) is none here.
 */
export function guardSeats(app: FastifyInstance, options: GuardOptions): void {
  const { state, seated, played, follow, services } = options;
  const { keyring } = services;
  const isAnothers = (request: FastifyRequest, { plays }: Seated): boolean => {
    const cookie = readCookie(services, request, sessionCookieName);
    const bearer = presentedBy(request);
    const sessions = [
      cookie === null ? null : readToken(keyring, 'cookie', cookie),
      bearer && readToken(keyring, 'bearer', bearer.token),
    ].filter((token) => token !== null);
    if (sessions.length === 0) return false;
    const own = personKeys(keyring, plays.person.line.nir);
    return sessions.some(({ personKey }) => !own.some((key) => key.equals(personKey)));
  };
  app.addHook('preHandler', async (request: FastifyRequest, reply: FastifyReply) => {
    const route = request.routeOptions.url ?? '';
    const cookie = readCookie(services, request, roleCookie);
    if (open.has(route) || played(cookie)) return;
    const at = seated(cookie);
    if (!at || isClosed(state(), request)) return reply.redirect(workshopPaths.join, 303);
    // The desk is the same wherever the seat is.
    if (!route.startsWith(workshopPaths.seat) && opensPage(request)) {
      const to = await follow(request, reply, at);
      if (to !== null) return reply.redirect(to, 303);
    }
    if (!isAnothers(request, at)) return;
    writeCookie(services, reply, sessionOver);
    return reply.redirect(workshopPaths.seat, 303);
  });
}

/**
 * Whether the class opens nothing now. During a break pages wait, but what somebody was typing when it began is taken: they
 * lose nothing, and the page after it waits.
 */
function isClosed({ phase }: ClassState, { method }: FastifyRequest): boolean {
  return phase === 'ended' || (phase === 'paused' && method !== 'POST');
}

/** Whether the answer is what the person will see: not what a script or the browser itself asks for meanwhile. */
function opensPage({ headers }: FastifyRequest): boolean {
  return (headers['sec-fetch-dest'] ?? 'document') === 'document';
}

/**
 * What is new of a seat, as its journal keeps it: where it has come, what was refused, that its learner has chosen a
 * password. Nothing for a page of no step, or the same again.
 */
export function newsOfSeat(
  { seat: { number: seat, step: present, passwordGiven } }: Seated,
  { route, outcome, fields }: PageSeen,
  now: Date,
): readonly ClassEvent[] {
  const at = now.toISOString();
  const isOwn = passwordGiven && outcome === 'passed' && choosesPassword.has(route);
  const chosen: readonly ClassEvent[] = isOwn ? [{ kind: 'own-password', at, seat }] : [];
  const step = stepOfPage(route);
  if (step === null) return chosen;
  if (outcome === 'seen') return step === present ? [] : [{ kind: 'reached', at, seat, step }];
  return outcome === 'refused' ? [{ kind: 'refused', at, seat, step, fields: [...fields] }] : chosen;
}

/** The same of the pages of FranceConnect, which are a step while the account is being opened. */
export function newsOfFranceConnect(
  { number: seat, step: present }: Seated['seat'],
  outcome: 'seen' | 'refused',
  now: Date,
): readonly ClassEvent[] {
  const at = now.toISOString();
  const step = 'franceconnect';
  if (outcome === 'refused') return [{ kind: 'refused', at, seat, step, fields: ['identifiant'] }];
  return present === 'start' || present === 'identity' ? [{ kind: 'reached', at, seat, step }] : [];
}

/** A browser stays at the address of this machine by which it came, wherever the service leads it. */
export function stayAtAddress(app: FastifyInstance, publicUrl: string): void {
  const { origin } = new URL(publicUrl);
  app.addHook('onSend', async (_request, reply) => {
    const to = reply.getHeader('location');
    if (typeof to === 'string' && to.startsWith(`${origin}/`))
      reply.header('location', to.slice(origin.length));
  });
}
