import { access, type SitePage } from '#src/access/access.ts';
import { sessionOver } from '#src/access/session-cookie.ts';
import { signedOut } from '#src/account/events.ts';
import { recording } from '#src/audit/record.ts';
import { endingOffline } from '#src/credentials/offline-choice.ts';
import { also, atOnce, type Write } from '#src/database/at-once.ts';
import { browserOf, forgettingOutcome, noBrowserSecret } from '#src/franceconnect/browser.ts';
import { mayHaveProviderSession, noProviderSession } from '#src/franceconnect/provider-session.ts';
import { takeProviderSignOut } from '#src/franceconnect/sign-out.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { leaveSession } from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';
import { definePage } from '#src/web/define-page.ts';
import { noCopies, offlineCookie } from '#src/web/offline-copies.ts';
import { redirect, redirectDone, type Sender } from '#src/web/page.ts';

/**
 * «Se déconnecter»: ends the session on the server too, then at FranceConnect if there is one there. The fields kept
 * for a return from FranceConnect are deleted: the next person at this computer would find them on the identity page. So is
 * what the browser has kept to be read without a network.
 */
export function signOutPage(services: Services): SitePage {
  const { db } = services;
  return definePage({
    path: paths.signOut,
    about: {
      part: 'The account',
      shows: 'nothing of its own: a button of the header',
      form: 'ends the session',
    },
    access: access.everybody,
    submit: async (request) => {
      const { session, sender, now } = request;
      const there = await takeProviderSignOut(services, request);
      const left = [...forgettingOutcome(db, browserOf(request)), ...(there?.writes ?? [])];
      const isEnded = session !== null && (await endHere(services, session, sender, left, now));
      if (!isEnded && left.length > 0) await atOnce(db, left);
      const copies = sender.cookie(offlineCookie) === '' ? [] : [noCopies];
      // After FranceConnect, a page of its own says that both sessions are over.
      if (!there) {
        const stale = mayHaveProviderSession(request) ? [noProviderSession] : [];
        return redirectDone('signed-out', paths.home, sessionOver, noBrowserSecret, ...stale, ...copies);
      }
      const { to, cookies } = await there.leave();
      return redirect(to, sessionOver, ...cookies, ...copies);
    },
  });
}

/** Ends the session, with what else its person leaves; false, with nothing written, when it has ended already. */
function endHere(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  session: Session,
  sender: Sender,
  left: readonly Write[],
  now: Date,
): Promise<boolean> {
  const { personKey: person, kind } = session;
  const event = { person, actor: { kind: 'person' }, at: now, details: { kind } } as const;
  const offline = endingOffline(db, keyring, sender.cookie(offlineCookie));
  return leaveSession(db, session, [
    ...(offline ? [also(offline)] : []),
    ...left,
    recording(db, signedOut, event),
  ]);
}
