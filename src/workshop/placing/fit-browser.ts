import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookie, sessionCookieName, sessionOver } from '#src/access/session-cookie.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { atOnce } from '#src/database/at-once.ts';
import type { Place } from '#src/exercise/class-event.ts';
import { browserCookie, noBrowserSecret } from '#src/franceconnect/browser.ts';
import { noProviderSession, providerSessionCookie } from '#src/franceconnect/provider-session.ts';
import type { Services } from '#src/services.ts';
import { beginningSession, endSessionsOf, type IssuedToken } from '#src/sessions/change-session.ts';
import { findOnce } from '#src/sessions/find-again.ts';
import { sessionLife } from '#src/sessions/life.ts';
import type { Power } from '#src/sessions/session.ts';
import { readCookie, writeCookie } from '#src/web/cookies.ts';
import { noNews } from '#src/web/done.ts';
import { draftCookie, noDraft } from '#src/web/forms/draft.ts';
import { forgetCopies, offlineCookie } from '#src/web/offline-copies.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';

/** The cookie that says which place of its seat a browser has been given. */
const placeCookie = 'place';

type Needs = Pick<Services, 'demo' | 'db' | 'keyring' | 'random' | 'clock' | 'policy' | 'secure'>;

/** Whether a browser must first be given what fits where its seat is now. */
export function mustBeFitted(services: Needs, request: FastifyRequest, { seat: { place } }: Seated): boolean {
  return place !== null && readCookie(services, request, placeCookie) !== place.id;
}

/**
 * Gives a browser the session that fits where its seat is now, or takes the one it has. What else it holds of before is
 * removed: a draft, a way through FranceConnect, what a form had just done, pages kept to be read without a network.
 */
export async function fitBrowser(
  services: Needs,
  request: FastifyRequest,
  reply: FastifyReply,
  { seat: { place }, plays }: Seated,
): Promise<void> {
  if (place === null) return;
  const person = personKey(services.keyring, plays.person.line.nir);
  const issued = await sessionAt(services, person, place);
  writeCookie(services, reply, { name: placeCookie, value: place.id, maxAgeSeconds: 86_400 });
  writeCookie(services, reply, noNews);
  const has = (name: string) => readCookie(services, request, name) !== null;
  if (issued) writeCookie(services, reply, sessionCookie(issued));
  else if (has(sessionCookieName)) writeCookie(services, reply, sessionOver);
  if (has(draftCookie)) writeCookie(services, reply, noDraft);
  if (has(browserCookie)) writeCookie(services, reply, noBrowserSecret);
  if (has(providerSessionCookie)) writeCookie(services, reply, noProviderSession);
  if (has(offlineCookie)) forgetCopies(services, reply);
}

async function sessionAt(
  services: Needs,
  person: Buffer,
  { id, session }: Place,
): Promise<IssuedToken | null> {
  const now = services.clock.now();
  // Two requests of one browser get one session.
  const once = hash('sha256', `place ${id}`, 'buffer');
  const again = await findOnce(services.db, services.keyring, { persons: [person], once }, now);
  if (again) return again.issued;
  const power = session.kind === 'latest' ? await latestPower(services, person, now) : powerOf(session);
  return power && beginOnly(services, person, power, now, once);
}

function powerOf(session: Exclude<Place['session'], { kind: 'latest' }> | Place['session']): Power | null {
  if (session.kind === 'enrolment') return session;
  return session.kind === 'waiting' || session.kind === 'account' ? { kind: session.kind } : null;
}

async function latestPower({ db }: Needs, person: Buffer, now: Date): Promise<Power | null> {
  const row = await db
    .selectFrom('session')
    .select(['kind', 'dossier_id'])
    .where('person_key', '=', person)
    .where('expires_at', '>', now)
    .orderBy('issued_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? powerIn({ kind: row.kind, dossierId: row.dossier_id }) : null;
}

/** The power of a stored session; null without one. */
export function powerIn(
  session: { readonly kind: Power['kind']; readonly dossierId: string | null } | null,
): Power | null {
  if (session?.kind !== 'enrolment') return session && { kind: session.kind };
  const { dossierId } = session;
  return dossierId === null ? null : { kind: 'enrolment', dossierId };
}

/** Begins the only session that a person has. */
export async function beginOnly(
  services: Needs,
  person: Buffer,
  power: Power,
  now: Date,
  once?: Buffer,
): Promise<IssuedToken> {
  const { db, policy } = services;
  const life = sessionLife(policy, power.kind, now);
  const about = { personKey: person, power, carrier: 'cookie', older: null, ...life } as const;
  return db.transaction().execute(async (trx) => {
    await endSessionsOf(trx, person);
    const { writes, issued } = beginningSession(services, { ...about, ...(once ? { once } : {}) }, now);
    await atOnce(trx, writes);
    return issued;
  });
}
