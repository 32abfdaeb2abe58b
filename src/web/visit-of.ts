import type { FastifyReply, FastifyRequest } from 'fastify';
import { paths } from '#src/paths.ts';
import { readCookie } from '#src/web/cookies.ts';
import { csrfToken } from '#src/web/forms/csrf.ts';
import type { FormBasis } from '#src/web/forms/form-binding.ts';
import { keepPreferences, type Preferences, readPreferences } from '#src/web/http/preferences.ts';
import type { WebContext } from '#src/web/site.ts';
import type { SessionInVisit, Visit } from '#src/web/visit.ts';

/** The cookie that keeps which caisse a visitor has chosen. */
export const caisseCookie = 'caisse';

/** What a page knows of a request, with or without a session; what its address chose is kept. */
export function visitOf(
  context: Pick<WebContext, 'policy' | 'caisses' | 'keyring' | 'secure' | 'demo'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { now, session = null, basis = { person: null, version: '' } }: VisitFacts,
): Visit {
  const chosen = readCookie(context, request, caisseCookie);
  const caisse = chosen === null ? undefined : context.caisses.caisses.get(chosen);
  keepPreferences(request, reply, context.secure);
  return {
    ...anonymousVisit(context, preferencesOf(request), now),
    path: ownPath(request.url),
    csrfToken: csrfToken(context, request, reply, basis),
    caisse: caisse ? { code: caisse.code, name: caisse.name } : null,
    signedIn: session?.signedIn ?? false,
    sessionEndsAt: session?.endsAt ?? null,
  };
}

interface VisitFacts {
  readonly now: Date;
  readonly session?: SessionInVisit | null;
  /** For whom, and from what, the forms of the page are filled; for nobody unless it is said. */
  readonly basis?: FormBasis;
}

export function preferencesOf(request: FastifyRequest): Preferences {
  return readPreferences({
    query: request.query,
    cookies: request.cookies,
    acceptLanguage: request.headers['accept-language'],
  });
}

/** Nobody’s visit: for a page that is the same for all who read one language, and has no form. */
export function anonymousVisit(
  { policy, demo }: Pick<WebContext, 'policy' | 'demo'>,
  { language, contrast }: Preferences,
  now: Date,
): Visit {
  return {
    path: paths.home,
    language,
    contrast,
    csrfToken: '',
    serviceName: policy.serviceName,
    supportTelephone: policy.support.telephone,
    supportMailbox: policy.support.mailbox,
    wording: policy.wording,
    passwordWord: policy.password.word,
    caisse: null,
    signedIn: false,
    sessionEndsAt: null,
    warningSeconds: policy.session.warningSeconds,
    demo,
    now,
  };
}

/** The path that was asked, which stays on this site when it becomes a link: `//elsewhere.example` does not. */
function ownPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^[/\\]*/, '/');
}
