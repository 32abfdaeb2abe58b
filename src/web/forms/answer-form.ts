import type { StepOutcome } from '#src/operations/events.ts';
import type { RefusedField } from '#src/services.ts';
import { common } from '#src/texts/common.ts';
import type { Entry, OpenedPage, Page } from '#src/web/define-page.ts';
import type { judgeForm } from '#src/web/forms/csrf.ts';
import { keepDraft } from '#src/web/forms/draft.ts';
import { type ShownAgain, shownAgainBanner } from '#src/web/forms/expired-form.ts';
import type { FormStanding } from '#src/web/forms/form-token.ts';
import { otherPersonPage } from '#src/web/forms/other-person.ts';
import { hasFields } from '#src/web/forms/typed-form.ts';
import { expiredFormPage } from '#src/web/http/error-pages.ts';
import { newcomersMustWait } from '#src/web/http/errors.ts';
import {
  type CookieChange,
  nothingTyped,
  type RequestFacts,
  redirect,
  redirectBecause,
} from '#src/web/page.ts';
import type { Arrival } from '#src/web/recognise.ts';
import type { Sendable } from '#src/web/send-answer.ts';
import type { People, Site, WebContext } from '#src/web/site.ts';

/** A posted form, as the engine sees it before the page runs. */
export interface PostedForm<Session> {
  readonly arrival: Arrival<Session>;
  readonly entry: Entry;
  readonly facts: RequestFacts;
  readonly origin: ReturnType<typeof judgeForm>;
  /** How its token compares with the present person and data; null for one that is none of ours. */
  readonly standing: FormStanding | null;
  /** Whether the browser sent the cookie of its forms: one that refuses cookies never does. */
  readonly hasCookie: boolean;
  /** In an exercise, the fields that were taken out, as what could be somebody’s own. */
  readonly notInvented: readonly RefusedField[];
}

/**
 * The field of a form that is sent to be shown again as typed, in another language or contrast, or to be kept at the end
 * of the session: it is not judged.
 */
const keepField = '_garder';
const atTheEnd = 'fin';

interface FormAnswer {
  readonly answer: Sendable;
  readonly outcome: StepOutcome;
}

/** Answers a form: by its page when it is genuine and the present person’s, otherwise with an explanation. */
export async function answerForm<Session>(
  context: Pick<WebContext, 'secure' | 'keyring'>,
  site: Site<Session>,
  page: Page<Session>,
  posted: PostedForm<Session>,
): Promise<FormAnswer> {
  const { people } = site;
  const { arrival, facts, origin } = posted;
  const { session } = arrival.visitor;
  const isForeign = session !== null && people !== null && isAnotherPersons(page, people, posted, session);
  const left = origin === 'genuine' && !isForeign ? draftLeft(context, site, page, posted) : [];
  if (facts.typed.text(keepField) === atTheEnd && left.length === 0) return answerNotKept(site, facts);
  if (origin !== 'genuine') return answerStale(site, page, posted, isForeign);
  if (isForeign)
    return {
      answer: otherPersonPage(facts.visit, { place: people.placeOf(session), signOut: people.signOut }),
      outcome: 'stale',
    };
  if (facts.typed.has(keepField)) return answerKept(site, page, posted, left);
  return answerGenuine(site, page, posted, left);
}

/**
 * Answers a genuine form of the present person. It is not applied when it was sent before, when the person may not open
 * its page, or when it would undo a later change; otherwise the page handles it.
 */
async function answerGenuine<Session>(
  site: Site<Session>,
  page: Page<Session>,
  posted: PostedForm<Session>,
  left: readonly CookieChange[],
): Promise<FormAnswer> {
  const { arrival, entry, facts, standing } = posted;
  const follow = () => followFirst(site, page, arrival, facts);
  const before = arrival.sessionOver ? await follow() : null;
  if (before) return withOutcome(before);
  if (entry.kind === 'busy') throw newcomersMustWait();
  if (entry.kind === 'elsewhere') return withOutcome(sentElsewhere(entry.to, page, posted, left));
  const strange = posted.notInvented;
  if (strange.length > 0) return withOutcome(await shownWithout(site, entry, facts, strange));
  const isChanged = entry.filledWith && arrival.visitor.session && standing?.sameVersion === false;
  const first = isChanged ? await shownAgain(site, entry, facts, 'changed', 409) : await entry.submit(facts);
  // It may have been refused because its first submission has consumed what it carries, as a code.
  const mayBeRepeated = first.kind === 'overtaken' || outcomeOf(first) === 'refused';
  const followed = mayBeRepeated ? await follow() : null;
  return withOutcome(
    followed ?? (first.kind === 'overtaken' ? redirectBecause('moved-on', first.to) : first),
  );
}

/** A form whose page is too old, or not ours: shown again with the fields as typed, to be sent once more. */
async function answerStale<Session>(
  site: Pick<Site<Session>, 'home'>,
  page: Page<Session>,
  posted: PostedForm<Session>,
  isForeign: boolean,
): Promise<FormAnswer> {
  const { entry, facts, hasCookie } = posted;
  if (entry.kind === 'busy') throw newcomersMustWait();
  if (entry.kind === 'elsewhere') return withOutcome(sentElsewhere(entry.to, page, posted, []));
  const typed = isForeign ? nothingTyped : facts.typed;
  const why = hasCookie ? 'expired' : 'cookies';
  const answer = await shownAgain(site, entry, { ...facts, typed }, why, 403);
  return { answer, outcome: 'stale' };
}

/** A form that is not sent to be judged: shown again as typed or, after the end of the session, kept where it can be. */
async function answerKept<Session>(
  site: Pick<Site<Session>, 'home'>,
  page: Page<Session>,
  posted: PostedForm<Session>,
  left: readonly CookieChange[],
): Promise<FormAnswer> {
  const { entry, facts } = posted;
  if (entry.kind === 'busy') throw newcomersMustWait();
  if (entry.kind === 'elsewhere') return withOutcome(sentElsewhere(entry.to, page, posted, left));
  const shown = await shownAgain(site, entry, facts, 'kept', 200);
  return withOutcome(
    shown.kind === 'page' ? { ...shown, cookies: [...(shown.cookies ?? []), ...left] } : shown,
  );
}

/** For the script, which says then that what was typed is lost: every other answer to it means that it was kept. */
function answerNotKept({ home }: Pick<Site<unknown>, 'home'>, { visit }: RequestFacts): FormAnswer {
  const document = expiredFormPage({ ...visit, path: home }, home);
  return { answer: { kind: 'document', status: 409, document }, outcome: 'stale' };
}

/** Where somebody continues whose form was not taken, and why. An ended session whose cookie is there says so itself. */
function sentElsewhere<Session>(
  to: string,
  { access }: Pick<Page<Session>, 'access'>,
  { arrival }: Pick<PostedForm<Session>, 'arrival'>,
  left: readonly CookieChange[],
): Sendable {
  if (arrival.visitor.session) return redirectBecause('moved-on', to);
  return arrival.sessionOver || !access.needsSession
    ? redirect(to, ...left)
    : redirectBecause('session-lost', to);
}

/** The draft that a form leaves whose session has ended; none for other pages. */
function draftLeft<Session>(
  context: Pick<WebContext, 'secure' | 'keyring'>,
  { people }: Site<Session>,
  { keepsDraft }: Page<Session>,
  { arrival: { presented, visitor, now }, facts: { typed, visit } }: PostedForm<Session>,
): readonly CookieChange[] {
  if (!keepsDraft || !people) return [];
  const { session } = visitor;
  // The script says when the session ends: by its clock, perhaps a moment too early.
  if (session && typed.text(keepField) !== atTheEnd) return [];
  const person = session ? people.personOf(session) : presented && people.personIn(presented.token);
  return person ? keepDraft(context, { person, path: visit.path }, { typed, now }) : [];
}

/** Redirects a form that was sent twice to where its first submission led, with the session that it began. */
async function followFirst<Session>(
  { people }: Site<Session>,
  page: Page<Session>,
  { presented, now }: Arrival<Session>,
  { typed, sender }: RequestFacts,
): Promise<Sendable | null> {
  const whom = page.names?.(typed) ?? null;
  const named = whom === 'nobody' ? null : whom;
  if (!people) return null;
  const resumed = await people.findAgain({ presented, named, once: sender.once() }, now);
  return resumed && redirect(people.placeOf(resumed.session), resumed.cookie);
}

/**
 * Whether a form was shown for another person than the one whose session it is sent with.
 *
 * A form shown without a session contains no personal data, unless its fields name a person. A form that names the
 * person of the session is theirs: they signed in, or identified themselves, with that very form or in another tab
 * since.
 */
function isAnotherPersons<Session>(
  { names }: Page<Session>,
  { personOf, personsOf }: People<Session>,
  { entry, facts, standing }: PostedForm<Session>,
  session: Session,
): boolean {
  if (!standing || standing.samePerson || (standing.wasAnonymous && !names)) return false;
  const named = names?.(facts.typed) ?? null;
  if (standing.wasAnonymous && (named === 'nobody' || (named === null && entry.kind === 'elsewhere')))
    return false;
  const person = personOf(session);
  return named === null || !personsOf(named).some((key) => key.equals(person));
}

async function shownAgain(
  { home }: Pick<Site<unknown>, 'home'>,
  { show }: OpenedPage,
  facts: RequestFacts,
  why: ShownAgain,
  status: number,
): Promise<Sendable> {
  const { typed } = facts;
  const withBanner = (toFill: boolean) =>
    show?.(facts, { typed, problems: [], banner: shownAgainBanner(facts.visit, why, toFill) });
  const shown = await withBanner(true);
  if (shown?.kind === 'page' && hasFields(shown.body)) return { ...shown, status };
  const bare = await withBanner(false);
  if (bare?.kind === 'page') return { ...bare, status };
  const visit = { ...facts.visit, path: home };
  const href = bare?.kind === 'redirect' ? bare.to : home;
  return { kind: 'document', status, document: expiredFormPage(visit, href, why === 'cookies') };
}

/** In an exercise: the form again, which came without what could be somebody’s own, and why. */
async function shownWithout(
  { home }: Pick<Site<unknown>, 'home'>,
  { show }: OpenedPage,
  facts: RequestFacts,
  refused: readonly RefusedField[],
): Promise<Sendable> {
  const texts = common[facts.visit.voice].notInvented;
  const problems = refused.map(({ field, what }) => ({ field, text: texts[what] }));
  const shown = await show?.(facts, { typed: facts.typed, problems });
  return shown?.kind === 'page' ? { ...shown, status: 422 } : redirect(home);
}

function withOutcome(answer: Sendable): FormAnswer {
  return { answer, outcome: outcomeOf(answer) };
}

function outcomeOf(answer: Sendable): StepOutcome {
  if (answer.kind === 'redirect') return 'passed';
  if (answer.kind === 'missing') return 'refused';
  const status = answer.kind === 'file' ? 200 : (answer.status ?? 200);
  if (status === 429) return 'blocked';
  if (status === 503) return 'busy';
  return status >= 400 ? 'refused' : 'shown';
}
