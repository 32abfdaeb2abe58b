import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notePerson } from '#src/operations/requests.ts';
import { requestDigest } from '#src/sessions/request-digest.ts';
import type { Visitor } from '#src/web/access.ts';
import { readCookie } from '#src/web/cookies.ts';
import type { Entry, Page } from '#src/web/define-page.ts';
import { csrfCookie } from '#src/web/forms/csrf.ts';
import { draftVersion } from '#src/web/forms/draft.ts';
import type { FormBasis } from '#src/web/forms/form-token.ts';
import { leaving } from '#src/web/http/leaving.ts';
import type { Keeping } from '#src/web/offline-copies.ts';
import type { RequestFacts, Sender, Typed } from '#src/web/page.ts';
import type { PresentedCookie, Site, WebContext } from '#src/web/site.ts';
import { visitOf } from '#src/web/visit-of.ts';

/** A request for a page, and its visitor. */
export interface Arrival<Session> {
  readonly visitor: Visitor<Session>;
  /** The session cookie of the request, whether or not it was looked up. */
  readonly presented: PresentedCookie | null;
  /** Whether the browser sends the cookie of a session that has ended. */
  readonly sessionOver: boolean;
  readonly now: Date;
}

/** Finds the session of a request. */
export async function recognise<Session>(
  context: WebContext,
  { people }: Site<Session>,
  page: Page<Session>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Arrival<Session>> {
  const now = context.clock.now();
  const token = people && readCookie(context, request, people.cookie);
  const presented = token === null ? null : { token, request: () => requestDigest(request) };
  const isLookedUp = !page.access.ignoresSession;
  const session = isLookedUp && presented && people ? await people.find(presented, now) : null;
  if (session && people) notePerson(request, people.logged(session));
  const visitor = {
    session,
    parameter: (name: string) => parameterOf(request.params, name),
    query: queryOf(request.url),
    sender: new RequestSender(context, request, reply),
  };
  return { visitor, presented, sessionOver: isLookedUp && presented !== null && session === null, now };
}

/** The person and the data that the forms of a page are bound to. */
export async function basisOf<Session>(
  { people }: Site<Session>,
  { visitor: { session } }: Arrival<Session>,
  entry: Entry,
  { keepsDraft }: Pick<Page<Session>, 'keepsDraft'>,
): Promise<FormBasis> {
  const person = session && people ? people.personOf(session) : null;
  if (entry.kind !== 'admitted' || !session) return { person, version: '' };
  return { person, version: keepsDraft ? draftVersion : ((await entry.filledWith?.()) ?? '') };
}

/** What a browser may keep of the pages of an account; a query only where something was chosen. */
export async function keepingOf<Session>(
  { people }: Site<Session>,
  { visitor: { sender, session }, now }: Arrival<Session>,
  { path, access }: Page<Session>,
): Promise<Keeping> {
  const isAsked = people && (access.needsSession || path === people.offline.entrance);
  return isAsked ? people.offline.keeping(sender, session, now) : { kind: 'unsaid' };
}

/** A page about to be shown. */
interface Shown<Session> {
  readonly page: Page<Session>;
  readonly basis: FormBasis;
  readonly typed: Typed;
  readonly isCopy: boolean;
}

/** The part of a request that a page gets regardless of its access. */
export function factsOf<Session>(
  context: WebContext,
  { people }: Site<Session>,
  { visitor, sessionOver, now }: Arrival<Session>,
  { page, basis, typed, isCopy }: Shown<Session>,
  request: FastifyRequest,
  reply: FastifyReply,
): RequestFacts {
  const { session, query, parameter, sender } = visitor;
  const inVisit = session && people ? people.inVisit(session) : null;
  return {
    visit: visitOf(context, request, reply, {
      now,
      session: inVisit,
      basis,
      isPublic: page.aboutNobody,
      keepsDraft: page.keepsDraft,
      isCopy,
    }),
    sessionOver,
    typed,
    query,
    parameter,
    sender,
    now,
  };
}

class RequestSender implements Sender {
  readonly #context: WebContext;
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;
  constructor(context: WebContext, request: FastifyRequest, reply: FastifyReply) {
    this.#context = context;
    this.#request = request;
    this.#reply = reply;
  }
  get ip() {
    return this.#request.ip;
  }
  get userAgent() {
    return this.#request.headers['user-agent'] ?? '';
  }
  cookie(name: string): string {
    return readCookie(this.#context, this.#request, name) ?? '';
  }
  once(): Buffer {
    const secret = Buffer.from(this.cookie(csrfCookie));
    return hash('sha256', Buffer.concat([requestDigest(this.#request), secret]), 'buffer');
  }
  leaving(): AbortSignal {
    return leaving(this.#reply);
  }
}

const noQuery = new URLSearchParams();

function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return start < 0 ? noQuery : new URLSearchParams(url.slice(start));
}

function parameterOf(parameters: unknown, name: string): string {
  if (typeof parameters !== 'object' || parameters === null || !Object.hasOwn(parameters, name)) return '';
  const value: unknown = Reflect.get(parameters, name);
  return typeof value === 'string' ? value : '';
}
