import { withoutDossier } from '#src/enrolment/guard.ts';
import { currentPath, isStopped } from '#src/journey/journey.ts';
import { letterProgress } from '#src/letters/progress.ts';
import { trackerView } from '#src/page-parts/letter-progress.ts';
import { trackerTexts } from '#src/page-parts/letter-progress-texts.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { type Page, redirect } from '#src/web/page.ts';

/**
 * Where the letter with the code stands, for somebody who came (back) through the identity page. It names neither the
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
      const { visit, session, now } = request;
      const answers = session?.dossier?.answers;
      // Somebody whose enrolment is stopped learns nothing of what we know.
      const progress =
        answers && !isStopped(answers) ? await letterProgress(db, session.personKey, now) : null;
      const postalCode = answers?.identity.postalCode ?? '';
      return {
        kind: 'page',
        title: trackerTexts[visit.language].title,
        back: paths.otherWays,
        body: trackerView(visit, progress, postalCode),
      };
    },
  };
}
