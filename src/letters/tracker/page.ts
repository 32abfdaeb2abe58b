import { withoutDossier } from '#src/enrolment/guard.ts';
import { letterProgress } from '#src/letters/tracker/progress.ts';
import { trackerTexts } from '#src/letters/tracker/texts.ts';
import { trackerView } from '#src/letters/tracker/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import type { Page } from '#src/web/page.ts';

/**
 * Where the letter with the code stands, for whoever comes (back) through the identity page. It names neither the
 * address nor the code.
 */
export function trackerPage({ db }: Pick<Services, 'db'>): Page {
  return {
    path: paths.letterTracker,
    guard: (request) => (request.session?.dossier ? null : withoutDossier(request)),
    show: async ({ visit, session, now }) => {
      const progress = session?.dossier ? await letterProgress(db, session.personKey, now) : null;
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
