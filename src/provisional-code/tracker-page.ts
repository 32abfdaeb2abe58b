import { access, type SitePage } from '#src/access/access.ts';
import { letterProgress } from '#src/codes/letter-progress.ts';
import { trackerView } from '#src/page-parts/letter-progress.ts';
import { trackerTexts } from '#src/page-parts/letter-progress-texts.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/**
 * The progress of the letter with the code, for a person who has passed the identity page. It shows neither the address
 * nor the code.
 */
export function trackerPage({ db }: Pick<Services, 'db'>): SitePage {
  return definePage({
    path: paths.letterTracker,
    about: {
      part: 'Opening the account',
      shows: 'the progress of the letter with the code, and when it is expected',
      form: null,
    },
    access: access.dossier,
    show: async (request) => {
      const { visit, session, dossier, now } = request;
      const letter = await letterProgress(db, session.personKey, now);
      const { postalCode } = dossier.answers.identity;
      return {
        kind: 'page',
        title: trackerTexts[visit.voice].title,
        back: paths.otherWays,
        beside: progress(visit, 'proof', dossier.answers),
        body: trackerView(visit, letter, postalCode),
      };
    },
  });
}
