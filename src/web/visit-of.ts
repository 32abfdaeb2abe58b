import type { FastifyReply, FastifyRequest } from 'fastify';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import { readCookie } from '#src/web/cookies.ts';
import { csrfToken } from '#src/web/forms/csrf.ts';
import type { FormBasis } from '#src/web/forms/form-binding.ts';
import { keepPreferences, type Preferences, readPreferences } from '#src/web/http/preferences.ts';
import type { Visit } from '#src/web/visit.ts';

/** What a page needs to know of a request; what its address chose is kept. */
export function visitOf(
  services: Pick<Services, 'policy' | 'caisses' | 'keyring' | 'secure' | 'demo'>,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session | null,
  now: Date,
  basis: FormBasis = { person: null, version: '' },
): Visit {
  const chosen = readCookie(services, request, 'caisse');
  const caisse = chosen === null ? undefined : services.caisses.caisses.get(chosen);
  keepPreferences(request, reply, services.secure);
  return {
    ...anonymousVisit(services, preferencesOf(request), now),
    path: ownPath(request.url),
    csrfToken: csrfToken(services, request, reply, basis),
    caisse: caisse ? { code: caisse.code, name: caisse.name } : null,
    signedIn: session?.kind === 'account',
    sessionEndsAt: session?.endsAt ?? null,
  };
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
  { policy, demo }: Pick<Services, 'policy' | 'demo'>,
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
