import type { IssuedToken } from '#src/sessions/change-session.ts';
import type { CookieChange } from '#src/web/page.ts';

/** The cookie of a session of the public site. */
export const sessionCookieName = 'session';

/** Sets the cookie to the token of a session that began or changed. */
export function sessionCookie({ token: value, maxAgeSeconds }: IssuedToken): CookieChange {
  return { name: sessionCookieName, value, maxAgeSeconds };
}

/** Removes the cookie of a session that has ended. */
export const sessionOver: CookieChange = { name: sessionCookieName, value: null };
