import { access, type SitePage } from '#src/access/access.ts';
import { placeOf } from '#src/access/place.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import { holdingAccount } from '#src/accounts/lock-account.ts';
import { atOnce, requiredSelect } from '#src/database/at-once.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { continuingSession, type IssuedToken } from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';
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
      const issued = await extendSession({ db, keyring }, session, now);
      const to = placeOf(session);
      if (!issued) return { kind: 'overtaken', to };
      // At its very end a session gets no more time: the page says the hour.
      return session.endsAt < session.expiresAt
        ? redirectDone('session-extended', to, sessionCookie(issued))
        : redirect(to, sessionCookie(issued));
    },
  });
}

/**
 * Continues a session for longer; null when it has ended, or another request has continued it first. One that belongs to an
 * account holds that first: what ends every session of an account would not see the new row of one that it waited for.
 */
export async function extendSession(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  session: Session,
  now: Date,
): Promise<IssuedToken | null> {
  const { writes, issued } = continuingSession(db, { keyring }, { session }, now);
  const held = session.kind === 'enrolment' ? [] : [requiredSelect(holdingAccount(db, session.personKey))];
  return (await atOnce(db, [...held, ...writes])) ? issued : null;
}
