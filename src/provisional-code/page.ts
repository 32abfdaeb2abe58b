import { access, type SitePage } from '#src/access/access.ts';
import type { Anyone } from '#src/access/who.ts';
import { nirIn } from '#src/civil-status/nir.ts';
import { isIdentifiedAs, tryCode } from '#src/codes/try.ts';
import { hasChanged } from '#src/dossiers/dossier.ts';
import { openWays } from '#src/enrolment/other-ways/open-ways.ts';
import { findRequester, latestCode } from '#src/enrolment/other-ways/requester.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import { identityAsTyped, identityProblem } from '#src/page-parts/identity/form.ts';
import { type IdentitySchema, identitySchema } from '#src/page-parts/identity/schema.ts';
import { lastTryText } from '#src/page-parts/last-try.ts';
import type { FieldProblem } from '#src/page-parts/typed-text.ts';
import { paths } from '#src/paths.ts';
import { readCodeForm } from '#src/provisional-code/form.ts';
import { codeTexts } from '#src/provisional-code/texts.ts';
import { enterByCode } from '#src/provisional-code/use.ts';
import { codeView } from '#src/provisional-code/view.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import type { Voice } from '#src/texts/language.ts';
import { parisDate } from '#src/time/paris.ts';
import { definePage } from '#src/web/define-page.ts';
import type { Answer, PageRequest, Problem, Typed } from '#src/web/page.ts';

/**
 * The page where a provisional code is typed, with the NIR and, under a strict policy, name and birth date: during the
 * visit that requested it, or days later in any browser.
 *
 * A wrong, expired or used code, a wrong name or birth date, a NIR that nobody has or that has no code: all get the same
 * answer, in the same time.
 */
export function codePage(services: Services): SitePage {
  const schema = identitySchema(() => parisDate(services.clock.now()));
  return definePage({
    path: paths.provisionalCode,
    about: {
      part: 'Opening the account',
      shows: 'NIR and provisional code, in any browser',
      form: 'judges the code, uses it once, opens a dossier or proves the open one',
    },
    access: access.unproven,
    names: (typed) => nirIn(typed.text('nir')),
    show: async (request, shown) => {
      const { session, now } = request;
      const requester = await findRequester(services, session, now);
      const latest = requester && latestCode(services, requester, session, now);
      const letter = latest ? null : (requester?.letter ?? null);
      return codeView(
        request,
        services.policy,
        { ...shown, typed: prefilled(request, shown.typed) },
        latest,
        letter,
      );
    },
    submit: (request) => submit(services, schema, request),
  });
}

async function submit(
  services: Services,
  schema: IdentitySchema,
  request: PageRequest<Anyone>,
): Promise<Answer> {
  const { policy } = services;
  const { typed, visit, session, now } = request;
  const client = clientOf(services, request.sender.ip);
  const kept = typed.without('code');
  const reading = readCodeForm(schema, policy, typed);
  if (!reading.ok) {
    const problems = reading.problems.map((problem) => codeProblem(problem, visit.voice));
    return codeView(request, policy, { typed: kept, problems }, null);
  }
  const { nir } = reading.value;
  const tried = await tryCode(services, { ...reading.value, own: isIdentifiedAs(session, nir), client, now });
  if (tried.kind === 'blocked') {
    const ways = await openWays(services, request, { nir, blocked: 'code' });
    return blockedPage(request, tried.until, ways);
  }
  const entered =
    tried.kind === 'right'
      ? await enterByCode(services, { nir, code: tried.code, session, once: request.sender.once(), now })
      : null;
  if (entered) return entered;
  if (await hasMovedOn(services, session)) return { kind: 'overtaken', to: paths.provisionalCode };
  const last = lastTryText(visit.voice, tried.kind === 'wrong' ? tried.few : null, 'code');
  const text = codeTexts[visit.voice].refused[policy.codes.askedWith](policy.codes.tries) + last;
  return codeView(request, policy, { typed: kept, problems: [{ field: null, text }] }, null);
}

/** The message of a wrong field; those of the identity have the messages of its page. */
function codeProblem(problem: FieldProblem, voice: Voice): Problem {
  if (problem.field !== 'code') return identityProblem(problem, voice);
  const t = codeTexts[voice];
  return { field: 'code', text: problem.code === 'empty' ? t.codeEmpty : t.codeShape };
}

/** Prefills the fields with what was typed in this browser before; nothing from the register is shown. */
function prefilled({ session }: Anyone, typed: Typed): Typed {
  const identity = session?.kind === 'enrolment' ? session.dossier?.answers.identity : undefined;
  return typed.has('nir') || !identity?.typed ? typed : identityAsTyped(identity);
}

/** Whether a concurrent form of this dossier was faster, as when a button is pressed twice: its result holds. */
async function hasMovedOn({ db }: Services, session: Session | null): Promise<boolean> {
  return session?.dossier ? hasChanged(db, session.dossier) : false;
}
