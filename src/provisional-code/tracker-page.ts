import { withoutDossier } from '#src/enrolment/guard.ts';
import { currentPath, isStopped } from '#src/journey/journey.ts';
import { letterOfSession } from '#src/letters/progress.ts';
import { trackerView } from '#src/page-parts/letter-progress.ts';
import { trackerTexts } from '#src/page-parts/letter-progress-texts.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { type Page, redirect } from '#src/web/page.ts';

/**
 * Where the letter with the code stands, for whoever comes (back) through the identity page. It names neither the
 * address nor the code.
 */
export function trackerPage({ db }: Pick<Services, 'db'>): Page {
  return {
    path: paths.letterTracker,
    guard: (request) => {
      const answers = request.session?.dossier?.answers;
      if (!answers) return withoutDossier(request);
      return isStopped(answers) ? redirect(currentPath(answers)) : null;
    },
    show: async (request) => {
      const { visit, session } = request;
      const progress = await letterOfSession(db, request);
      const postalCode = session?.dossier?.answers.identity.postalCode ?? '';
      return {
        kind: 'page',
        title: trackerTexts[visit.language].title,
        back: paths.otherWays,
        body: trackerView(visit, progress, postalCode),
      };
    },
  };
}
