import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { StepOutcome } from '#src/operations/events.ts';
import { notePerson, requestRef } from '#src/operations/requests.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { findNext, findOnce } from '#src/sessions/session.ts';
import { readToken } from '#src/sessions/token.ts';
import { notificationBanner } from '#src/web/components/banners.ts';
import { writeCookie } from '#src/web/cookies.ts';
import { formStanding, judgeForm } from '#src/web/forms/csrf.ts';
import { changedForm, expiredForm } from '#src/web/forms/expired-form.ts';
import type { FormStanding } from '#src/web/forms/form-binding.ts';
import { otherPersonPage } from '#src/web/forms/other-person.ts';
import { postedFields } from '#src/web/forms/posted-fields.ts';
import { expiredFormPage } from '#src/web/http/error-pages.ts';
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
import { presentedBy, requestOf } from '#src/web/page-request.ts';
import { isSomebodyElses, type Site } from '#src/web/site.ts';

/** Makes a page answer at its address: finds the session, judges the form's origin, sends what the page answers. */
export function registerPage(app: FastifyInstance, services: Services, site: Site, page: Page): void {
  const { show, submit } = page;
  if (show)
    app.get(page.path, async (request, reply) => {
      const { asked } = await requestOf(services, site, page, request, reply, nothingTyped);
      const guarded = page.guard?.(asked);
      const answer = guarded ?? (await show(asked, { typed: nothingTyped, problems: [] }));
      noteWhoEntered(services, request, answer);
      return send(services, asked, reply, answer.kind === 'overtaken' ? redirect(answer.to) : answer);
    });
  if (submit)
    app.post(page.path, async (request, reply) => {
      const sent = postedFields(request.body);
      const token = sent.get('_csrf') ?? '';
      const form = judgeForm(services, request, token);
      // What another site sent is neither looked at nor shown again, whatever is answered.
      const typed = form === 'foreign' ? nothingTyped : new Typed(sent);
      const { asked, basis } = await requestOf(services, site, page, request, reply, typed);
      const standing = formStanding(services, token, basis);
      const isOthers = standing !== null && isSomebodyElses(page, site, asked, standing);
      const posted = {
        asked,
        standing,
        isOthers,
        follow: () => follow(services, site, page, request, asked),
      };
      const { answer, outcome } =
        form === 'genuine' ? await answerOurs(site, page, submit, posted) : await answerStale(page, posted);
      const left = isLeaving(answer) ? await site.leave(asked) : [];
      noteWhoEntered(services, request, answer);
      const { person = null } = requestRef(request);
      services.events.stepAnswered(page.path, outcome, person, request.id);
      if (outcome === 'busy') services.events.shed('passwords', requestRef(request));
      for (const change of left) writeCookie(services, reply, change);
      return send(services, asked, reply, answer);
    });
}

/** Whether an answer ends the session of the browser and says nothing of its journey to the provider. */
function isLeaving(answer: Sendable): boolean {
  const changes = answer.kind === 'document' ? [] : (answer.cookies ?? []);
  const ends = changes.some(({ name, value }) => name === 'session' && value === null);
  return ends && !changes.some(({ name }) => name === 'franceconnect');
}

/** A form that was posted, as the engine sees it before its page does. */
interface Posted {
  readonly asked: PageRequest;
  readonly standing: FormStanding | null;
  /** It was shown for somebody else than the person of now. */
  readonly isOthers: boolean;
  /** Where its first sending led, when it is sent twice. */
  readonly follow: () => Promise<Sendable | null>;
}

interface Answered {
  readonly answer: Sendable;
  readonly outcome: StepOutcome;
}

/**
 * What a form of a page of ours is answered: nothing is done with somebody else’s, nor with one that was sent before, nor
 * where its person has no business, nor with one that would undo what has changed since; any other is the page’s.
 */
async function answerOurs(
  site: Site,
  page: Page,
  submit: NonNullable<Page['submit']>,
  { asked, standing, isOthers, follow }: Posted,
): Promise<Answered> {
  const { visit, session, sessionOver } = asked;
  if (isOthers && session) return { answer: otherPersonPage(visit, site.placeOf(session)), outcome: 'stale' };
  const first =
    (sessionOver ? await follow() : null) ??
    page.guard?.(asked) ??
    (page.filledWith && session && standing?.sameVersion === false
      ? await shownAgain(page, asked, changedForm[visit.language], 409)
      : await submit(asked));
  // Refused, perhaps, because its first sending has used up what it brings.
  const wasLate = first.kind === 'overtaken' || outcomeOf(first) === 'refused';
  const followed = wasLate ? await follow() : null;
  const answer = followed ?? (first.kind === 'overtaken' ? redirect(first.to) : first);
  return { answer, outcome: outcomeOf(answer) };
}

/** A form whose page is too old, or not ours: shown again with what was typed, for the person to send anew. */
async function answerStale(page: Page, { asked, isOthers }: Posted): Promise<Answered> {
  const guarded = page.guard?.(asked);
  if (guarded && guarded.kind !== 'overtaken') return { answer: guarded, outcome: outcomeOf(guarded) };
  const typed = isOthers ? nothingTyped : asked.typed;
  const answer = await shownAgain(page, { ...asked, typed }, expiredForm[asked.visit.language], 403);
  return { answer, outcome: 'stale' };
}

/** Leads a form that was sent twice to where its first sending led, with the session that it opened. */
async function follow(
  services: Services,
  site: Site,
  page: Page,
  request: FastifyRequest,
  { typed, once, now }: PageRequest,
): Promise<Sendable | null> {
  const { db, keyring } = services;
  const presented = presentedBy(services, request);
  const named = page.names?.(typed) ?? null;
  const persons = named === null ? [] : site.personsOf(named);
  const next = presented
    ? await findNext(db, keyring, presented, now)
    : await findOnce(db, keyring, { persons, once }, now);
  return next && redirect(site.placeOf(next.session), sessionCookie(next.issued));
}

/** Whose session the answer opens or changes: they are known from here on. */
function noteWhoEntered({ keyring }: Services, request: FastifyRequest, answer: Answer): void {
  const cookies = 'cookies' in answer ? answer.cookies : undefined;
  const given = cookies?.find(({ name }) => name === 'session')?.value;
  const token = given ? readToken(keyring, 'cookie', given) : null;
  if (token) notePerson(request, token.personKey);
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

async function shownAgain(
  page: Page,
  asked: PageRequest,
  { title, text }: { readonly title: string; readonly text: string },
  status: number,
): Promise<Sendable> {
  const banner = notificationBanner(asked.visit, { title, content: text });
  const shown = await page.show?.(asked, { typed: asked.typed, problems: [], banner });
  if (shown?.kind === 'page') return { ...shown, status };
  const visit = { ...asked.visit, path: paths.home };
  const href = shown?.kind === 'redirect' ? shown.to : paths.home;
  return { kind: 'document', status, document: expiredFormPage(visit, href) };
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
