import { access, type SitePage } from '#src/access/access.ts';
import { homeTexts } from '#src/home/texts.ts';
import { homeView } from '#src/home/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** The purpose of the account, what to have at hand, and the choice of the caisse. */
export function homePage({ policy }: Pick<Services, 'policy'>): SitePage {
  return definePage({
    path: paths.home,
    about: { part: 'Home', shows: 'what the account is for, and what to have ready', form: null },
    access: access.everybody,
    aboutNobody: true,
    show: (request) => {
      const { visit } = request;
      const t = homeTexts[visit.voice];
      return {
        kind: 'page',
        title: t.title(visit.serviceName),
        body: homeView(visit, policy),
        wide: true,
      };
    },
  });
}
