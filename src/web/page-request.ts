import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientOf } from '#src/limits/client-address.ts';
import { notePerson } from '#src/operations/requests.ts';
import type { Services } from '#src/services.ts';
import { requestDigest } from '#src/sessions/request-digest.ts';
import { findSession, noteSeen, type Presented } from '#src/sessions/session.ts';
import { readCookie } from '#src/web/cookies.ts';
import type { FormBasis } from '#src/web/forms/form-binding.ts';
import type { Page, PageRequest, Typed } from '#src/web/page.ts';
import type { Site } from '#src/web/site.ts';
import { visitOf } from '#src/web/visit-of.ts';

/** A request as its page sees it, and what the forms of its answer remember. */
export async function requestOf(
  services: Services,
  site: Site,
  page: Page,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed,
): Promise<{ readonly asked: PageRequest; readonly basis: FormBasis }> {
  const now = services.clock.now();
  const isSessionless = page.sessionless && request.method === 'POST';
  const presented = isSessionless ? null : presentedBy(services, request);
  const session = presented && (await findSession(services.db, services.keyring, presented, now));
  if (session) {
    notePerson(request, session.personKey);
    await noteSeen(services.db, session, now);
  }
  const basis = {
    person: session && site.personOf(session),
    version: (session && (await page.filledWith?.(session))) ?? '',
  };
  const asked = {
    visit: visitOf(services, request, reply, session, now, basis),
    session,
    sessionOver: presented !== null && session === null,
    typed,
    token: tokenIn(request.params),
    postalCode: readCookie(services, request, 'code-postal') ?? '',
    get query() {
      return new URLSearchParams(request.url.slice(`${request.url}?`.indexOf('?') + 1));
    },
    browser: readCookie(services, request, 'franceconnect') ?? '',
    device: readCookie(services, request, 'appareil') ?? '',
    get client() {
      return clientOf(services, request.ip);
    },
    get once() {
      const secret = readCookie(services, request, 'csrf') ?? '';
      return hash('sha256', Buffer.concat([requestDigest(request), Buffer.from(secret)]), 'buffer');
    },
    signal: leaving(reply),
    now,
  };
  return { asked, basis };
}

/** Aborted when whoever asked has left before the answer. */
export function leaving(reply: FastifyReply): AbortSignal {
  const left = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) left.abort();
  });
  return left.signal;
}

function tokenIn(params: unknown): string {
  if (typeof params !== 'object' || params === null || !('token' in params)) return '';
  return typeof params.token === 'string' ? params.token : '';
}

/** The session cookie of a browser, with what it asks. */
export function presentedBy(services: Services, request: FastifyRequest): Presented | null {
  const token = readCookie(services, request, 'session');
  return token === null ? null : { carrier: 'cookie', token, request: requestDigest(request) };
}
