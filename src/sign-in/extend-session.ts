import { access, type SitePage } from '#src/access/access.ts';
import { placeOf } from '#src/access/place.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { continueSession } from '#src/sessions/change-session.ts';
import { definePage } from '#src/web/define-page.ts';
import { redirect, redirectDone } from '#src/web/page.ts';

/** «Continuer ma session»: restarts the idle timeout, as often as wanted until the session's absolute end. */
export function extendSessionPage({ db, keyring }: Pick<Services, 'db' | 'keyring'>): SitePage {
  return definePage({
    path: paths.extendSession,
    about: {
      part: 'Everywhere',
      shows: 'nothing of its own: the button that announces the end of the session',
      form: 'extends the session',
    },
    access: access.everybody,
    submit: async ({ session, now }) => {
      if (!session) return redirect(paths.home);
      const issued = await continueSession(db, { keyring }, { session }, now);
      const to = placeOf(session);
      if (!issued) return { kind: 'overtaken', to };
      // At its very end a session gets no more time: the page says the hour.
      return session.endsAt < session.expiresAt
        ? redirectDone('session-extended', to, sessionCookie(issued))
        : redirect(to, sessionCookie(issued));
    },
  });
}
