import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notePerson, requestRef } from '#src/operations/requests.ts';
import type { PageSeen, RefusedField } from '#src/services.ts';
import { writeCookie } from '#src/web/cookies.ts';
import type { Entry, Page } from '#src/web/define-page.ts';
import { answerForm } from '#src/web/forms/answer-form.ts';
import { hasFormCookie, judgeForm, readSent } from '#src/web/forms/csrf.ts';
import { draftCookie, findDraft, noDraft } from '#src/web/forms/draft.ts';
import { shownAgainBanner } from '#src/web/forms/expired-form.ts';
import type { FormBasis } from '#src/web/forms/form-token.ts';
import { isFormWithFiles, readFormWithFiles } from '#src/web/forms/form-with-files.ts';
import { postedFields } from '#src/web/forms/posted-fields.ts';
import { mustArriveSoon } from '#src/web/http/arrival-time.ts';
import { newcomersMustWait } from '#src/web/http/errors.ts';
import { asksForCopy, forgetCopies, sayWhatIsKept } from '#src/web/offline-copies.ts';
import { nothingTyped, type RequestFacts, redirect, redirectBecause, Typed } from '#src/web/page.ts';
import { type Arrival, basisOf, factsOf, keepingOf, recognise } from '#src/web/recognise.ts';
import { type Sendable, sendAnswer } from '#src/web/send-answer.ts';
import type { Site, WebContext } from '#src/web/site.ts';
import { roleKeyOf, roleOf } from '#src/web/visit-of.ts';

/**
 * Registers the routes of a page. Every request is handled in the same order: find the session (`recognise`), evaluate
 * the access (`enter`), for a form check its origin and the person it was shown for, and only then run the page.
 */
export function registerPage<Session>(
  app: FastifyInstance,
  context: WebContext,
  site: Site<Session>,
  page: Page<Session>,
): void {
  if (page.hasView) app.get(page.path, (request, reply) => answerGet(context, site, page, request, reply));
  if (page.hasForm)
    app.post(page.path, { config: { takesFiles: page.takesFiles } }, (request, reply) =>
      answerPost(context, site, page, request, reply),
    );
}

async function answerGet<Session>(
  context: WebContext,
  site: Site<Session>,
  page: Page<Session>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const arrival = await recognise(context, site, page, request, reply);
  const entry = page.enter(arrival.visitor);
  if (entry.kind === 'busy') throw newcomersMustWait();
  const keeping = await keepingOf(site, arrival, page);
  const isCopy = asksForCopy(request, page, keeping);
  const basis = await basisOf(site, arrival, entry, page);
  const facts = factsOf(context, site, arrival, { page, basis, typed: nothingTyped, isCopy }, request, reply);
  const role = roleOf(context, request);
  const filled = role ? new Typed(role.fields) : nothingTyped;
  const draft = isCopy ? nothingTyped : draftFor(context, page, facts, basis);
  const answer = await view(page, arrival, entry, facts, { draft, filled });
  noteWhoEntered(site, request, answer);
  noteSeen(context, request, page, answer.kind === 'page' ? 'seen' : 'passed', answer);
  sayWhatIsKept(reply, page, keeping, answer, facts.now);
  if (keeping.kind === 'none' && keeping.over) forgetCopies(context, reply);
  return sendAnswer(context, site, facts.visit, reply, answer);
}

async function answerPost<Session>(
  context: WebContext,
  site: Site<Session>,
  page: Page<Session>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { fields, arrival, entry, isCut, strangeFiles } = isFormWithFiles(request)
    ? await arrivalWithFiles(context, site, page, request, reply)
    : await arrivalOfForm(context, site, page, request, reply);
  // Under load most forms are refused here: nothing is judged that the refusal does not need. One whose session is over may
  // have been sent before.
  if (entry.kind === 'busy' && !arrival.sessionOver) throw newcomersMustWait();
  const sent = readSent(context, fields.get('_csrf') ?? '');
  const basis = await basisOf(site, arrival, entry, page);
  const origin = judgeForm(context, request, sent, basis);
  // Fields sent by another site are neither read nor shown again, whatever the answer.
  const sentFields = origin === 'foreign' ? nothingTyped : new Typed(fields);
  const notInvented = [
    ...(context.demo?.refuses(roleKeyOf(context, request), sentFields.entries()) ?? []),
    ...strangeFiles,
  ];
  // What could be somebody’s own is neither kept nor shown again, whatever the form was sent for.
  const typed = notInvented.reduce((left, { field }) => left.without(field), sentFields);
  const facts = factsOf(context, site, arrival, { page, basis, typed, isCopy: false }, request, reply);
  const standing = sent.token?.standing(basis) ?? null;
  const { answer, outcome } = await answerForm(context, site, page, {
    ...{ arrival, entry, facts, origin, standing },
    hasCookie: hasFormCookie(context, request),
    notInvented,
  });
  for (const change of await leave(site, arrival, answer)) writeCookie(context, reply, change);
  // The draft has served, or its person leaves.
  const isSettled = page.keepsDraft
    ? outcome === 'passed' && arrival.visitor.session
    : page.path === site.people?.signOut;
  if (isSettled && facts.sender.cookie(draftCookie) !== '') writeCookie(context, reply, noDraft);
  noteWhoEntered(site, request, answer);
  const { person = null } = requestRef(request);
  context.events.stepAnswered(page.path, outcome, person, request.id);
  noteSeen(context, request, page, outcome, answer);
  if (outcome === 'busy') context.events.shed('passwords', requestRef(request));
  return sendAnswer(context, site, facts.visit, reply, isCut ? notReadToItsEnd(reply, answer) : answer);
}

/** A form, who sent it, and what they may do with its page. */
interface PostArrival<Session> {
  readonly fields: ReadonlyMap<string, string>;
  readonly arrival: Arrival<Session>;
  readonly entry: Entry;
  /** Whether it was too large to be read to its end. */
  readonly isCut: boolean;
  /** In an exercise, its files: they could be somebody’s own papers. */
  readonly strangeFiles: readonly RefusedField[];
}

async function arrivalOfForm<Session>(
  context: WebContext,
  site: Site<Session>,
  page: Page<Session>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<PostArrival<Session>> {
  const arrival = await recognise(context, site, page, request, reply);
  const fields = postedFields(request.body, page.longestField, page.lists);
  return { fields, arrival, entry: page.enter(arrival.visitor), isCut: false, strangeFiles: [] };
}

/**
 * The same for a form with files. They are taken as they come, once it is known whose they are: of a genuine form of the
 * person who may open its page. Others are read, so that the answer is too, and dropped.
 */
async function arrivalWithFiles<Session>(
  context: WebContext,
  site: Site<Session>,
  page: Page<Session>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<PostArrival<Session>> {
  const arrival = await recognise(context, site, page, request, reply);
  const entry = page.enter(arrival.visitor);
  const isWelcome = entry.kind === 'admitted';
  if (!isWelcome) mustArriveSoon(request);
  const strange = new Set<string>();
  const read = await readFormWithFiles(request, page.longestField, async (fields, file) => {
    const sent = readSent(context, fields.get('_csrf') ?? '');
    if (!isWelcome) return;
    const basis = await basisOf(site, arrival, entry, page);
    if (judgeForm(context, request, sent, basis) !== 'genuine') return;
    if (sent.token?.standing(basis).samePerson !== true) return;
    if (context.demo?.kind === 'exercise') {
      strange.add(file.field);
      return;
    }
    const typed = new Typed(fields);
    await entry.takeFile(
      factsOf(context, site, arrival, { page, basis, typed, isCopy: false }, request, reply),
      file,
    );
  });
  // Files take minutes: the session may have ended meanwhile.
  const later = await recognise(context, site, page, request, reply);
  const still = later.visitor.session !== null || arrival.visitor.session === null;
  const strangeFiles = [...strange].map((field): RefusedField => ({ field, what: 'file' }));
  const whole = { ...read, strangeFiles };
  return still
    ? { ...whole, arrival, entry }
    : { ...whole, arrival: later, entry: page.enter(later.visitor) };
}

/** The connection ends with the answer: the rest of the form would still come. */
function notReadToItsEnd(reply: FastifyReply, answer: Sendable): Sendable {
  reply.header('connection', 'close');
  reply.raw.once('finish', () => reply.raw.socket?.destroySoon());
  return answer.kind === 'page' ? { ...answer, status: 413 } : answer;
}

/** What the person had written on the page when their session ended. */
function draftFor<Session>(
  { keyring }: Pick<WebContext, 'keyring'>,
  { keepsDraft }: Page<Session>,
  { sender, now, visit }: RequestFacts,
  { person }: FormBasis,
): Typed {
  if (!keepsDraft || !person) return nothingTyped;
  return findDraft(keyring, { person, path: visit.path }, sender.cookie(draftCookie), now);
}

/** The answer to a GET, its form filled with the person’s draft or, without one, with `filled`. */
async function view<Session>(
  { access }: Pick<Page<Session>, 'access'>,
  { presented }: Arrival<Session>,
  entry: Exclude<Entry, { kind: 'busy' }>,
  facts: RequestFacts,
  { draft, filled }: { readonly draft: Typed; readonly filled: Typed },
): Promise<Sendable> {
  if (entry.kind === 'elsewhere')
    return access.needsSession && !presented ? redirectBecause('session-lost', entry.to) : redirect(entry.to);
  if (!entry.show) throw new Error('A page without a view was requested');
  const hasDraft = draft !== nothingTyped;
  const banner = hasDraft ? { banner: shownAgainBanner(facts.visit, 'draft', true) } : {};
  const answer = await entry.show(facts, { typed: hasDraft ? draft : filled, problems: [], ...banner });
  return answer.kind === 'overtaken' ? redirect(answer.to) : answer;
}

/** Further cookies to remove when the answer ends the session. */
async function leave<Session>(
  { people }: Site<Session>,
  { visitor: { sender } }: Arrival<Session>,
  answer: Sendable,
) {
  const changes = cookiesOf(answer);
  const ends = changes.some(({ name, value }) => name === people?.cookie && value === null);
  return people && ends ? people.leave(sender, changes) : [];
}

/** Notes the person whose session the answer begins or changes: later log lines name them. */
function noteWhoEntered<Session>({ people }: Site<Session>, request: FastifyRequest, answer: Sendable): void {
  const cookie = cookiesOf(answer).find(({ name }) => name === people?.cookie)?.value;
  const person = cookie ? people?.personIn(cookie) : null;
  if (person) notePerson(request, person);
}

/** For a class that learns: where the visitor is, and which fields were refused. */
function noteSeen<Session>(
  context: WebContext,
  request: FastifyRequest,
  { path: route }: Page<Session>,
  outcome: PageSeen['outcome'],
  answer: Sendable,
): void {
  const fields = answer.kind === 'page' ? (answer.refused ?? []) : [];
  context.demo?.note(roleKeyOf(context, request), { route, outcome, fields });
}

function cookiesOf(answer: Sendable) {
  return answer.kind === 'page' || answer.kind === 'redirect' ? (answer.cookies ?? []) : [];
}
