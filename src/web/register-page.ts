import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientAddressKey } from '#src/limits/client-address.ts';
import type { StepOutcome } from '#src/operations/events.ts';
import { notePerson, requestRef } from '#src/operations/requests.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { requestDigest } from '#src/sessions/request-digest.ts';
import { findNext, findSession, noteSeen, type Presented, type Session } from '#src/sessions/session.ts';
import { notificationBanner } from '#src/web/components/banners.ts';
import { readCookie, writeCookie } from '#src/web/cookies.ts';
import { judgeForm } from '#src/web/csrf.ts';
import { expiredFormPage } from '#src/web/error-pages.ts';
import { expiredForm } from '#src/web/expired-form.ts';
import { page as layout } from '#src/web/layout.ts';
import {
  type Answer,
  nothingTyped,
  type Page,
  type PageRequest,
  redirect,
  sessionCookie,
  Typed,
} from '#src/web/page.ts';
import { postedFields } from '#src/web/posted-fields.ts';
import { visitOf } from '#src/web/visit-of.ts';

/** What the site that a page belongs to says of the people who visit it. */
export interface Site {
  /** Where somebody with a session goes on. */
  readonly placeOf: (session: Session) => string;
}

/** Makes a page answer at its address: finds the session, judges the form's origin, sends what the page answers. */
export function registerPage(app: FastifyInstance, services: Services, site: Site, page: Page): void {
  const { show, submit } = page;
  if (show)
    app.get(page.path, async (request, reply) => {
      const asked = await requestOf(services, request, reply, nothingTyped);
      const guarded = page.guard?.(asked);
      const answer = guarded ?? (await show(asked, { typed: nothingTyped, problems: [] }));
      return send(services, asked, reply, answer.kind === 'overtaken' ? redirect(answer.to) : answer);
    });
  if (submit)
    app.post(page.path, async (request, reply) => {
      const sent = postedFields(request.body);
      const form = judgeForm(services, request, sent.get('_csrf') ?? '');
      // What another site sent is neither looked at nor shown again, whatever is answered.
      const typed = form === 'foreign' ? nothingTyped : new Typed(sent);
      const asked = await requestOf(services, request, reply, typed, page.sessionless);
      const isGenuine = form === 'genuine';
      const followed = isGenuine && asked.sessionOver ? await follow(services, site, request, asked) : null;
      const guarded = followed ?? page.guard?.(asked);
      const first = guarded ?? (await (isGenuine ? submit(asked) : stale(page, asked)));
      const answer =
        first.kind === 'overtaken'
          ? ((await follow(services, site, request, asked)) ?? redirect(first.to))
          : first;
      const outcome = guarded || isGenuine ? outcomeOf(answer) : 'stale';
      const { person = null } = requestRef(request);
      services.events.stepAnswered(page.path, outcome, person, request.id);
      if (outcome === 'busy') services.events.shed('passwords', requestRef(request));
      return send(services, asked, reply, answer);
    });
}

/** Leads a form that was sent twice to where its first sending led, with the session that it opened. */
async function follow(
  services: Services,
  site: Site,
  request: FastifyRequest,
  { now }: PageRequest,
): Promise<Sendable | null> {
  const presented = presentedBy(services, request);
  const next = presented && (await findNext(services.db, services.keyring, presented, now));
  return next && redirect(site.placeOf(next.session), sessionCookie(next.issued));
}

function presentedBy(services: Services, request: FastifyRequest): Presented | null {
  const token = readCookie(services, request, 'session');
  return token === null ? null : { carrier: 'cookie', token, request: requestDigest(request) };
}

/** What the engine sends. */
type Sendable = Exclude<Answer, { kind: 'overtaken' }>;

function outcomeOf(answer: Sendable): StepOutcome {
  if (answer.kind === 'redirect') return 'passed';
  const status = answer.status ?? 200;
  if (status === 429) return 'blocked';
  if (status === 503) return 'busy';
  return status >= 400 ? 'refused' : 'shown';
}

async function requestOf(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed,
  sessionless = false,
): Promise<PageRequest> {
  const now = services.clock.now();
  const presented = sessionless ? null : presentedBy(services, request);
  const session = presented && (await findSession(services.db, services.keyring, presented, now));
  if (session) {
    notePerson(request, session.personKey);
    await noteSeen(services.db, session, now);
  }
  return {
    visit: visitOf(services, request, reply, session, now),
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
      return clientAddressKey(services.keyring, request.ip);
    },
    signal: leaving(reply),
    now,
  };
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

/** A form whose page is too old, or not ours: shown again with what was typed, for the person to send anew. */
async function stale(page: Page, asked: PageRequest): Promise<Sendable> {
  const texts = expiredForm[asked.visit.language];
  const banner = notificationBanner(asked.visit, { title: texts.title, content: texts.text });
  const shown = await page.show?.(asked, { typed: asked.typed, problems: [], banner });
  if (shown?.kind === 'page') return { ...shown, status: 403 };
  const visit = { ...asked.visit, path: paths.home };
  const href = shown?.kind === 'redirect' ? shown.to : paths.home;
  return { kind: 'document', status: 403, document: expiredFormPage(visit, href) };
}

function send(services: Services, asked: PageRequest, reply: FastifyReply, answer: Sendable): FastifyReply {
  if (answer.kind !== 'document')
    for (const change of answer.cookies ?? []) writeCookie(services, reply, change);
  if (answer.kind === 'redirect') return reply.redirect(answer.to, 303);
  if (answer.retryAfterSeconds !== undefined) reply.header('Retry-After', answer.retryAfterSeconds);
  reply.type('text/html; charset=utf-8');
  if (answer.kind === 'document') return reply.code(answer.status).send(answer.document);
  const status = answer.status ?? 200;
  return reply.code(status).send(
    layout(asked.visit, {
      title: answer.title,
      body: answer.body,
      refused: status >= 400,
      ...(answer.back ? { back: { href: answer.back } } : {}),
    }),
  );
}
