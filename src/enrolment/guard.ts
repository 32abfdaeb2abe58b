import type { Dossier } from '#src/enrolment/dossier.ts';
import { currentPath, type Step, stepRules } from '#src/enrolment/journey.ts';
import { paths } from '#src/paths.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

/** Where somebody goes who asks for a step without an open dossier. */
export function withoutDossier({ session }: PageRequest): Answer {
  if (session?.kind === 'waiting') return redirect(paths.waiting);
  if (session?.kind === 'account') return redirect(paths.account);
  return redirect(paths.identity);
}

/** Lets people visit a step that their answers open; sends everybody else where they stand. */
export function stepGuard(step: Step): (request: PageRequest) => Answer | null {
  return (request) => {
    const { session } = request;
    if (session?.kind !== 'enrolment' || !session.dossier) return withoutDossier(request);
    const { answers } = session.dossier;
    return stepRules[step].open(answers) ? null : redirect(currentPath(answers));
  };
}

/** The dossier behind a page that `stepGuard` has let through. */
export function openDossierOf({ session }: PageRequest): Dossier {
  if (!session?.dossier) throw new Error('A step was reached without a dossier: its guard is missing');
  return session.dossier;
}
