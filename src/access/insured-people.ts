import { afterEnd, personOf, placeOf } from '#src/access/place.ts';
import { sessionCookie, sessionCookieName } from '#src/access/session-cookie.ts';
import { findOfflineChoice } from '#src/credentials/offline-choice.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { findNext, findOnce } from '#src/sessions/find-again.ts';
import { findSession, noteSeen, type Session } from '#src/sessions/session.ts';
import { readToken } from '#src/sessions/token.ts';
import { type Keeping, offlineCookie } from '#src/web/offline-copies.ts';
import type { Sender } from '#src/web/page.ts';
import type { People } from '#src/web/site.ts';

/** The people of the public site: the insured, recognised by the sessions of `sessions/`. */
export function insuredPeople(
  services: Pick<Services, 'db' | 'keyring'>,
  leave: People<Session>['leave'],
): People<Session> {
  return {
    cookie: sessionCookieName,
    find: async (presented, now) => {
      const session = await findSession(
        services.db,
        services.keyring,
        { ...presented, carrier: 'cookie' },
        now,
      );
      return session && noteSeen(services.db, session, now);
    },
    findAgain: async ({ presented, named, once }, now) => {
      const persons = named === null ? [] : personKeys(services.keyring, named);
      const next = presented
        ? await findNext(services.db, services.keyring, { ...presented, carrier: 'cookie' }, now)
        : await findOnce(services.db, services.keyring, { persons, once }, now);
      return next && { session: next.session, cookie: sessionCookie(next.issued) };
    },
    personOf: (session) => personOf(services.keyring, session),
    personsOf: (nir) => personKeys(services.keyring, nir),
    personIn: (cookie) => readToken(services.keyring, 'cookie', cookie)?.personKey ?? null,
    logged: ({ personKey }) => personKey,
    inVisit: ({ kind, endsAt, expiresAt }) => ({
      signedIn: kind === 'account',
      endsAt,
      lastAt: expiresAt,
      afterwards: afterEnd[kind],
    }),
    offline: {
      entrance: paths.signIn,
      keeping: (sender, session, now) => keepingOf(services, sender, session, now),
    },
    signOut: paths.signOut,
    placeOf,
    leave,
  };
}

/** Nothing is kept of one person while another is here, no matter who made the choice. */
async function keepingOf(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  sender: Sender,
  session: Session | null,
  now: Date,
): Promise<Keeping> {
  const isSignedIn = session?.kind === 'account';
  const token = sender.cookie(offlineCookie);
  if (token === '') return isSignedIn ? { kind: 'none', over: false } : { kind: 'unsaid' };
  const choice = await findOfflineChoice(db, keyring, token, now);
  if (!choice || (session && !session.personKey.equals(choice.personKey)))
    return { kind: 'none', over: true };
  return { kind: 'chosen', id: choice.id, until: choice.until, isSignedIn };
}
