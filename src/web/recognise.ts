import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notePerson } from '#src/operations/requests.ts';
import { requestDigest } from '#src/sessions/request-digest.ts';
import type { Visitor } from '#src/web/access.ts';
import { readCookie } from '#src/web/cookies.ts';
import type { Entry, Page } from '#src/web/define-page.ts';
import { csrfCookie } from '#src/web/forms/csrf.ts';
import type { FormBasis } from '#src/web/forms/form-binding.ts';
import { leaving } from '#src/web/http/leaving.ts';
import type { RequestFacts, Sender, Typed } from '#src/web/page.ts';
import type { PresentedCookie, Site, WebContext } from '#src/web/site.ts';
import { visitOf } from '#src/web/visit-of.ts';

/** A request for a page, and who sends it. */
export interface Arrival<Session> {
  readonly visitor: Visitor<Session>;
  /** The cookie of a session that the browser sent, whether or not it was looked at. */
  readonly presented: PresentedCookie | null;
  /** The browser still sends the cookie of a session that is over. */
  readonly sessionOver: boolean;
  readonly now: Date;
}

/** Finds whose request it is. */
export async function recognise<Session>(
  context: WebContext,
  { people }: Site<Session>,
  page: Page<Session>,
  request: FastifyRequest,
): Promise<Arrival<Session>> {
  const now = context.clock.now();
  const token = people && readCookie(context, request, people.cookie);
  const presented = token === null ? null : { token, request: requestDigest(request) };
  const isLookedUp = request.method !== 'POST' || !page.access.formsIgnoreSession;
  const session = isLookedUp && presented && people ? await people.find(presented, now) : null;
  if (session && people) notePerson(request, people.logged(session));
  const visitor = {
    session,
    parameter: (name: string) => parameterOf(request.params, name),
    query: new URLSearchParams(request.url.slice(`${request.url}?`.indexOf('?') + 1)),
    sender: senderOf(context, request),
  };
  return { visitor, presented, sessionOver: isLookedUp && presented !== null && session === null, now };
}

/** For whom, and from what, the forms of a page are filled. */
export async function basisOf<Session>(
  { people }: Site<Session>,
  { visitor: { session } }: Arrival<Session>,
  entry: Entry,
): Promise<FormBasis> {
  const person = session && people ? people.personOf(session) : null;
  const filled = entry.kind === 'admitted' && session ? await entry.filledWith?.() : null;
  return { person, version: filled ?? '' };
}

/** What the page receives of the request, besides who sends it. */
export function factsOf<Session>(
  context: WebContext,
  { people }: Site<Session>,
  { visitor, sessionOver, now }: Arrival<Session>,
  { basis, typed }: { readonly basis: FormBasis; readonly typed: Typed },
  request: FastifyRequest,
  reply: FastifyReply,
): RequestFacts {
  const { session, query, sender } = visitor;
  const inVisit = session && people ? people.inVisit(session) : null;
  return {
    visit: visitOf(context, request, reply, { now, session: inVisit, basis }),
    sessionOver,
    typed,
    query,
    sender,
    signal: leaving(reply),
    now,
  };
}

function senderOf(context: WebContext, request: FastifyRequest): Sender {
  const cookie = (name: string) => readCookie(context, request, name) ?? '';
  return {
    ip: request.ip,
    cookie,
    once: () =>
      hash('sha256', Buffer.concat([requestDigest(request), Buffer.from(cookie(csrfCookie))]), 'buffer'),
  };
}

function parameterOf(parameters: unknown, name: string): string {
  if (typeof parameters !== 'object' || parameters === null || !Object.hasOwn(parameters, name)) return '';
  const value: unknown = Reflect.get(parameters, name);
  return typeof value === 'string' ? value : '';
}
