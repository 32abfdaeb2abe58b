import { openDossierOf, withoutDossier } from '#src/enrolment/guard.ts';
import { askUndisclosed } from '#src/enrolment/not-eligible/ask-undisclosed.ts';
import { neutralView } from '#src/enrolment/not-eligible/neutral-view.ts';
import { notEligibleView } from '#src/enrolment/not-eligible/view.ts';
import { currentPath, isStopped } from '#src/journey/journey.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { type Page, redirect } from '#src/web/page.ts';

/**
 * Where everybody goes who may not enrol: what it means, what to do now, whom to call. A page for each reason that the
 * person may know; for the others, and under a neutral policy for everybody who is stopped, one page that says
 * nothing. Only the neutral page has a form.
 */
export function notEligiblePage(services: Services): Page {
  return {
    path: paths.notEligible,
    guard: (request) => {
      const answers = request.session?.dossier?.answers;
      if (!answers) return withoutDossier(request);
      return isStopped(answers) ? null : redirect(currentPath(answers));
    },
    show: (request, shown) =>
      openDossierOf(request).answers.identity.undisclosed
        ? neutralView(services, request, shown)
        : notEligibleView(services, request),
    submit: (request) =>
      openDossierOf(request).answers.identity.undisclosed
        ? askUndisclosed(services, request)
        : redirect(paths.notEligible),
  };
}
