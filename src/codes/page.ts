import { signedIn } from '#src/account/guard.ts';
import { findAsker, latestCode } from '#src/codes/latest.ts';
import { codeTexts } from '#src/codes/texts.ts';
import { tryCode } from '#src/codes/try.ts';
import { useCode } from '#src/codes/use.ts';
import { codeView } from '#src/codes/view.ts';
import { isCodeLike, readCode } from '#src/codes/written.ts';
import { identityTexts } from '#src/enrolment/identity/texts.ts';
import { currentPath } from '#src/enrolment/journey.ts';
import { blockedPage } from '#src/limits/blocked-page.ts';
import { paths } from '#src/paths.ts';
import { parseNir } from '#src/register/nir.ts';
import type { Services } from '#src/services.ts';
import { type Answer, type Page, type PageRequest, type Problem, redirect, Typed } from '#src/web/page.ts';

/**
 * Where a provisional code is typed, with the NIR: during the visit that asked for it, or days later in any browser.
 *
 * A wrong code, a dead or used one, a number that is nobody’s or waits for nothing: one answer, in the same time.
 */
export function codePage(services: Services): Page {
  return {
    path: paths.provisionalCode,
    guard: (request) => {
      if (signedIn(request)) return redirect(paths.account);
      const answers = request.session?.dossier?.answers;
      return answers && answers.proof !== null ? redirect(currentPath(answers)) : null;
    },
    show: async (request, shown) => {
      const { session, now } = request;
      const asker = await findAsker(services, session, now);
      const latest = asker && latestCode(services, asker, session, now);
      const letter = latest ? null : (asker?.letter ?? null);
      return codeView(request, { ...shown, typed: withKnownNir(request, shown.typed) }, latest, letter);
    },
    submit: (request) => submit(services, request),
  };
}

async function submit(services: Services, request: PageRequest): Promise<Answer> {
  const { typed, visit, client, session, now } = request;
  const t = codeTexts[visit.language];
  const reading = parseNir(typed.text('nir'));
  const code = readCode(typed.text('code'));
  const kept = new Typed(new Map([['nir', typed.text('nir')]]));
  if (!reading.ok || !isCodeLike(code)) {
    const problems: Problem[] = [];
    if (!reading.ok)
      problems.push({ field: 'nir', text: identityTexts[visit.language].nirProblems[reading.reason] });
    if (!isCodeLike(code)) problems.push({ field: 'code', text: code === '' ? t.codeEmpty : t.codeShape });
    return codeView(request, { typed: kept, problems }, null);
  }
  const { nir } = reading;
  const tried = await tryCode(services, { nir, code, client, at: now });
  if (tried.result === 'blocked')
    return blockedPage(request, tried.until, services.franceConnect ? ['franceConnect'] : []);
  const entered =
    tried.result === 'right' ? await useCode(services, { nir, code: tried.code, session, at: now }) : null;
  if (entered) return entered;
  if (await hasMovedOn(services, request)) return redirect(paths.provisionalCode);
  const text = t.refused(services.policy.codes.tries);
  return codeView(request, { typed: kept, problems: [{ field: null, text }] }, null);
}

/** The NIR that this browser typed before; one that comes from the register is not shown. */
function withKnownNir({ session }: PageRequest, typed: Typed): Typed {
  const identity = session?.kind === 'enrolment' ? session.dossier?.answers.identity : undefined;
  if (typed.has('nir') || !identity?.typed) return typed;
  return new Typed(new Map([['nir', identity.nir]]));
}

/** Whether another form of this dossier was faster, as when a button is pressed twice: its answer stands. */
async function hasMovedOn({ db }: Services, { session }: PageRequest): Promise<boolean> {
  const dossier = session?.dossier;
  if (!dossier) return false;
  const row = await db
    .selectFrom('dossier')
    .select('version')
    .where('person_key', '=', dossier.personKey)
    .where('id', '=', dossier.id)
    .executeTakeFirst();
  return row !== undefined && row.version > dossier.version;
}
