import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { smsReportPath } from '#src/delivery/sms/report-route.ts';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import type { ClassState } from '#src/exercise/class-state.ts';
import { stepOfPage } from '#src/exercise/steps.ts';
import { healthPaths } from '#src/operations/requests.ts';
import type { PageSeen } from '#src/services.ts';
import { readCookie } from '#src/web/cookies.ts';
import { assetPaths } from '#src/web/http/assets.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

export interface GuardOptions {
  readonly state: () => ClassState;
  readonly seated: (cookie: string | null) => Seated | null;
}

const open = new Set<string>([...assetPaths, ...healthPaths, smsReportPath]);

/** Lets only seats of this class in, and only while it is open. */
export function guardSeats(app: FastifyInstance, { state, seated }: GuardOptions): void {
  const seatOf = (request: FastifyRequest): Seated | null =>
    seated(readCookie({ secure: false }, request, roleCookie));
  app.addHook('preHandler', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const route = request.routeOptions.url ?? '';
    if (open.has(route)) return done();
    if (!seatOf(request)) return void reply.redirect(workshopPaths.join, 303);
    if (state().phase !== 'open') return void reply.redirect(workshopPaths.join, 303);
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
