import { access, type SitePage } from '#src/access/access.ts';
import { helpView } from '#src/information/help/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** Who helps, with and without a telephone, and the answers to common questions with the page that acts. */
export function helpPage({ caisses, policy }: Pick<Services, 'caisses' | 'policy'>): SitePage {
  return definePage({
    path: paths.help,
    about: {
      part: 'Information',
      shows: 'who helps, with and without a telephone; common questions, each with the page that acts',
      form: null,
    },
    access: access.everybody,
    show: ({ visit }) => {
      const caisse = visit.caisse ? caisses.caisses.get(visit.caisse.code) : undefined;
      return helpView(visit, policy.support, caisse);
    },
  });
}
