import { currentPath } from '#src/enrolment/journey.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { type Page, redirect } from '#src/web/page.ts';
import { touchSession } from '#src/web/session.ts';

/** «Continuer ma session»: the idle delay starts again, as often as wanted within the session's whole life. */
export function extendSessionPage({ db }: Pick<Services, 'db'>): Page {
  return {
    path: paths.extendSession,
    submit: async ({ session, now }) => {
      if (!session) return redirect(paths.home);
      await touchSession(db, session, now);
      if (session.kind === 'account') return redirect(paths.account);
      if (session.kind === 'waiting') return redirect(paths.waiting);
      return redirect(session.dossier ? currentPath(session.dossier.answers) : paths.identity);
    },
  };
}
