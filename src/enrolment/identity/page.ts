import { access, postalCodeCookie, type SitePage } from '#src/access/access.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { Anyone } from '#src/access/who.ts';
import { nirIn } from '#src/civil-status/nir.ts';
import { parsePostalCode } from '#src/contact/postal-code.ts';
import { beginDossier } from '#src/enrolment/begin-dossier.ts';
import { identify } from '#src/enrolment/identity/identify.ts';
import { identityView } from '#src/enrolment/identity/view.ts';
import { beginUndisclosed } from '#src/enrolment/not-eligible/begin-undisclosed.ts';
import { openWays } from '#src/enrolment/other-ways/open-ways.ts';
import { browserOf, findOutcome, leaveJourney } from '#src/franceconnect/browser.ts';
import type { Answers } from '#src/journey/answers.ts';
import { currentPath } from '#src/journey/journey.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import {
  type IdentityForm,
  identityAsTyped,
  identityProblem,
  identityTyped,
  readIdentity,
} from '#src/page-parts/identity/form.ts';
import { type IdentitySchema, identitySchema } from '#src/page-parts/identity/schema.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { lastTryText } from '#src/page-parts/last-try.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { continueSession } from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';
import { parisDate } from '#src/time/paris.ts';
import { notificationBanner } from '#src/web/components/banners.ts';
import { definePage } from '#src/web/define-page.ts';
import { draftCookie } from '#src/web/forms/draft.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { type Answer, nothingTyped, type PageRequest, redirect, Typed, withCookies } from '#src/web/page.ts';

/**
 * The first step: name, NIR, date of birth and postal code are compared with the register.
 *
 * A refusal never says which of them disagreed, and an unknown NIR is answered like a wrong name. Failures
 * count against the NIR, whether or not it exists, and against the client.
 *
 * While the queue of password hashes is crowded, newcomers are asked to come back before they type anything, so that
 * those who are further on can finish.
 */
export function identityPage(services: Services): SitePage {
  const schema = identitySchema(() => parisDate(services.clock.now()));
  return definePage({
    path: paths.identity,
    about: {
      part: 'Opening the account',
      shows: 'name, NIR, date of birth, postal code',
      form: 'compares with the register; opens the dossier and its session',
    },
    access: access.newcomers(services),
    names: (typed) => nirIn(typed.text('nir')),
    show: async (request, shown) => {
      const { visit, session, sessionOver } = request;
      const identity = session?.dossier?.answers.identity;
      const isFilled = shown.problems.length > 0 || shown.banner || shown.typed.has('nir');
      if (isFilled) return identityView(services, request, shown);
      if (identity?.typed)
        return identityView(services, request, { ...shown, typed: identityAsTyped(identity) });
      const { sessionOver: over, sessionOverKept } = identityTexts[visit.voice];
      const content = request.sender.cookie(draftCookie) === '' ? over : sessionOverKept;
      const banner = sessionOver ? { banner: notificationBanner(visit, { content }) } : {};
      const typed = (await typedBefore(services, request)) ?? givenForCaisse(request);
      return identityView(services, request, { ...shown, typed, ...banner });
    },
    submit: (request) => submit(services, schema, request),
  });
}

async function submit(
  services: Services,
  schema: IdentitySchema,
  request: PageRequest<Anyone>,
): Promise<Answer> {
  const { session, typed, visit, now } = request;
  const reading = readIdentity(schema, identityTyped(typed));
  if (!reading.ok) {
    const problems = reading.problems.map((problem) => identityProblem(problem, visit.voice));
    return identityView(services, request, refused(typed, ...problems));
  }
  const form = reading.value;
  const open = session?.dossier?.answers;
  if (session && open?.proof && isSame(open.identity, form)) return resume(services, session, open, now);

  const identified = await identify(
    services,
    form,
    { client: clientOf(services, request.sender.ip), actor: { kind: 'person' } },
    now,
  );
  switch (identified.kind) {
    case 'blocked':
      return blocked(services, request, form, identified.until);
    case 'unknown': {
      const last = lastTryText(visit.voice, identified.few, 'identity');
      const text = identityTexts[visit.voice].unknown + (last && `.${last}`);
      return identityView(services, request, refused(typed, { field: null, text }), { unknown: true });
    }
    case 'undisclosed':
    case 'recognised': {
      const beginning = { form, older: session, now };
      const begun =
        identified.kind === 'recognised'
          ? await beginDossier(services, {
              ...beginning,
              found: identified.found,
              passing: [identified.passing],
            })
          : await beginUndisclosed(services, { ...beginning, found: identified.found });
      if (!begun) {
        const until = identified.kind === 'recognised' ? await identified.refused() : now;
        return blocked(services, request, form, until);
      }
      const left = await leaveJourney(services.db, browserOf(request));
      const given = request.sender.cookie(postalCodeCookie) !== '';
      return withCookies(begun, [...left, ...(given ? [{ name: postalCodeCookie, value: null }] : [])]);
    }
  }
}

async function blocked(
  services: Services,
  request: PageRequest<Anyone>,
  { nir }: IdentityForm,
  until: Date,
): Promise<Answer> {
  return blockedPage(request, until, await openWays(services, request, { nir, blocked: 'identity' }));
}

/**
 * The same identity, typed again in the session that has proved it: the dossier continues, under a new token. Before the
 * proof another person may have typed it first: then a new dossier and a new session begin.
 */
async function resume(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  session: Session,
  answers: Answers,
  now: Date,
): Promise<Answer> {
  const issued = await continueSession(db, { keyring }, { session }, now);
  const to = currentPath(answers);
  return issued ? redirect(to, sessionCookie(issued)) : { kind: 'overtaken', to };
}

/** What the form contained when an unsuccessful journey to FranceConnect began. */
async function typedBefore({ db, keyring }: Services, request: PageRequest): Promise<Typed | null> {
  const outcome = await findOutcome(db, keyring, browserOf(request), request.now);
  return outcome?.typed ? new Typed(new Map(Object.entries(outcome.typed))) : null;
}

/** The postal code already given for the choice of the caisse. */
function givenForCaisse({ sender }: PageRequest): Typed {
  const reading = parsePostalCode(sender.cookie(postalCodeCookie));
  return reading.ok ? new Typed(new Map([['codePostal', reading.postalCode]])) : nothingTyped;
}

function isSame(identity: Answers['identity'], form: IdentityForm): boolean {
  return (
    identity.typed &&
    identity.nir === form.nir &&
    identity.name === form.name &&
    identity.birthDate === form.birthDate &&
    identity.postalCode === form.postalCode
  );
}
