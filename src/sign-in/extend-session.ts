import { placeOf } from '#src/enrolment/guard.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { continueSession } from '#src/sessions/change-session.ts';
import { type Page, redirect, sessionCookie } from '#src/web/page.ts';

/** «Continuer ma session»: the idle delay starts again, as often as wanted within the session's whole life. */
export function extendSessionPage({ db, keyring }: Pick<Services, 'db' | 'keyring'>): Page {
  return {
    path: paths.extendSession,
    submit: async ({ session, now }) => {
      if (!session) return redirect(paths.home);
      const issued = await db
        .transaction()
        .execute((trx) => continueSession(trx, { keyring }, { session }, now));
      const to = placeOf(session);
      return issued ? redirect(to, sessionCookie(issued)) : { kind: 'overtaken', to };
    },
  };
}
