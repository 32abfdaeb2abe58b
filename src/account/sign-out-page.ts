import { access, type SitePage } from '#src/access/access.ts';
import { sessionOver } from '#src/access/session-cookie.ts';
import { signedOut } from '#src/account/events.ts';
import { recording } from '#src/audit/record.ts';
import { endingOffline } from '#src/credentials/offline-choice.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import { noBrowserSecret } from '#src/franceconnect/browser.ts';
import { endProviderSession } from '#src/franceconnect/sign-out.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { endingSession } from '#src/sessions/change-session.ts';
import { definePage } from '#src/web/define-page.ts';
import { noCopies, offlineCookie } from '#src/web/offline-copies.ts';
import { redirect, redirectDone } from '#src/web/page.ts';

/**
 * «Se déconnecter»: ends the session on the server too, then at FranceConnect if there is one there. The fields kept
 * for a return from FranceConnect are deleted: the next person at this computer would find them on the identity page. So is
 * what the browser has kept to be read without a network.
 */
export function signOutPage(services: Services): SitePage {
  const { db, keyring } = services;
  return definePage({
    path: paths.signOut,
    about: {
      part: 'The account',
      shows: 'nothing of its own: a button of the header',
      form: 'ends the session',
    },
    access: access.everybody,
    submit: async (request) => {
      const { session, now } = request;
      if (session) {
        const { personKey: person, kind } = session;
        const event = { person, actor: { kind: 'person' }, at: now, details: { kind } } as const;
        const offline = endingOffline(db, keyring, request.sender.cookie(offlineCookie));
        await atOnce(db, [
          required(endingSession(db, session)),
          ...(offline ? [also(offline)] : []),
          recording(db, signedOut, event),
        ]);
      }
      const copies = request.sender.cookie(offlineCookie) === '' ? [] : [noCopies];
      const ended = await endProviderSession(services, request);
      // After FranceConnect, a page of its own says that both sessions are over.
      return ended
        ? redirect(ended.to, sessionOver, ended.cookie, ...copies)
        : redirectDone('signed-out', paths.home, sessionOver, noBrowserSecret, ...copies);
    },
  });
}
