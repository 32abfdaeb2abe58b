import { access, type SitePage } from '#src/access/access.ts';
import { neutralView } from '#src/enrolment/not-eligible/neutral-view.ts';
import { requestUndisclosed } from '#src/enrolment/not-eligible/request-undisclosed.ts';
import { notEligibleView } from '#src/enrolment/not-eligible/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { redirect } from '#src/web/page.ts';

/**
 * The page for those who may not enrol: what it means, what to do now, whom to call. Each reason that the person may
 * know has a text; for the others, and under a neutral policy for everyone who is stopped, one text discloses nothing.
 * Only the neutral page has a form.
 */
export function notEligiblePage(services: Services): SitePage {
  return definePage({
    path: paths.notEligible,
    about: {
      part: 'Opening the account',
      shows:
        'why the person may not enrol, as far as it may be disclosed; the same page for all under a neutral policy',
      form: 'under a neutral policy, asks for a provisional code',
    },
    access: access.stopped,
    show: (request, shown) =>
      request.dossier.answers.identity.undisclosed
        ? neutralView(services, request, shown)
        : notEligibleView(services, request),
    submit: (request) =>
      request.dossier.answers.identity.undisclosed
        ? requestUndisclosed(services, request)
        : redirect(paths.notEligible),
  });
}
