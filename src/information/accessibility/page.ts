import { access, type SitePage } from '#src/access/access.ts';
import { statementView } from '#src/information/accessibility/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** The accessibility statement that the law asks for (arrêté of 20 September 2019). */
export function accessibilityPage({ policy }: Pick<Services, 'policy'>): SitePage {
  return definePage({
    path: paths.accessibility,
    about: {
      part: 'Information',
      shows: 'the accessibility statement: state, results, contact, remedies',
      form: null,
    },
    access: access.everybody,
    show: ({ visit }) => statementView(visit, policy.accessibility ?? null),
  });
}
