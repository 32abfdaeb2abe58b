import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookieName, sessionOver } from '#src/access/session-cookie.ts';
import { presentedBy } from '#src/api/lost-answer.ts';
import { type Keyring, personKeys } from '#src/crypto/keyring.ts';
import { smsReportPath } from '#src/delivery/sms/report-route.ts';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import type { ClassState } from '#src/exercise/class-state.ts';
import { stepOfPage } from '#src/exercise/steps.ts';
import { healthPaths } from '#src/operations/requests.ts';
import type { PageSeen } from '#src/services.ts';
import { readToken } from '#src/sessions/token.ts';
import { readCookie, writeCookie } from '#src/web/cookies.ts';
import { assetPaths } from '#src/web/http/assets.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

export interface GuardOptions {
  readonly state: () => ClassState;
  readonly seated: (cookie: string | null) => Seated | null;
  readonly keyring: Keyring;
}

const context = { secure: false };
const open = new Set<string>([...assetPaths, ...healthPaths, smsReportPath]);

/**
 * Lets only seats of this class in, and only while it is open. A session of somebody whom the seat does not play (another
 * seat’s, or the person whom it played before) is none here.
 */
export function guardSeats(app: FastifyInstance, { state, seated, keyring }: GuardOptions): void {
  const seatOf = (request: FastifyRequest): Seated | null => seated(readCookie(context, request, roleCookie));
  const isAnothers = (request: FastifyRequest, { plays }: Seated): boolean => {
    const cookie = readCookie(context, request, sessionCookieName);
    const bearer = presentedBy(request);
    const sessions = [
      cookie === null ? null : readToken(keyring, 'cookie', cookie),
      bearer && readToken(keyring, 'bearer', bearer.token),
    ].filter((token) => token !== null);
    if (sessions.length === 0) return false;
    const own = personKeys(keyring, plays.person.line.nir);
    return sessions.some(({ personKey }) => !own.some((key) => key.equals(personKey)));
  };
  app.addHook('preHandler', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const route = request.routeOptions.url ?? '';
    if (open.has(route)) return done();
    const at = seatOf(request);
    if (!at) return void reply.redirect(workshopPaths.join, 303);
    if (state().phase !== 'open') return void reply.redirect(workshopPaths.join, 303);
    if (isAnothers(request, at)) {
      writeCookie(context, reply, sessionOver);
      return void reply.redirect(workshopPaths.seat, 303);
    }
    done();
  });
}

/** Where a seat has come, as its journal keeps it; null for what is no news: a page of no step, or the same again. */
export function newsOfSeat(
  { seat: { number: seat, step: present } }: Seated,
  { route, outcome, fields }: PageSeen,
  now: Date,
): ClassEvent | null {
  const step = stepOfPage(route);
  if (step === null) return null;
  const at = now.toISOString();
  if (outcome === 'seen') return step === present ? null : { kind: 'reached', at, seat, step };
  return outcome === 'refused' ? { kind: 'refused', at, seat, step, fields: [...fields] } : null;
}
