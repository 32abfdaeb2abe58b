import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import { readCookie } from '#src/web/cookies.ts';
import { csrfToken } from '#src/web/csrf.ts';
import { keepPreferences, readPreferences } from '#src/web/preferences.ts';
import type { Visit } from '#src/web/visit.ts';

/** What a page needs to know of a request; what its address chose is kept. */
export function visitOf(
  services: Pick<Services, 'policy' | 'caisses' | 'secure' | 'demo'>,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session | null,
  now: Date,
): Visit {
  const { policy, caisses } = services;
  const chosen = readCookie(services, request, 'caisse');
  const caisse = chosen === null ? undefined : caisses.caisses.get(chosen);
  const { language, contrast } = readPreferences({
    query: request.query,
    cookies: request.cookies,
    acceptLanguage: request.headers['accept-language'],
  });
  keepPreferences(request, reply, services.secure);
  return {
    path: ownPath(request.url),
    language,
    contrast,
    csrfToken: csrfToken(services, request, reply),
    serviceName: policy.serviceName,
    supportTelephone: policy.support.telephone,
    supportMailbox: policy.support.mailbox,
    wording: policy.wording,
    passwordWord: policy.password.word,
    caisse: caisse ? { code: caisse.code, name: caisse.name } : null,
    signedIn: session?.kind === 'account',
    sessionEndsAt: session?.endsAt ?? null,
    warningSeconds: policy.session.warningSeconds,
    demo: services.demo,
    now,
  };
}

/** The path that was asked, which stays on this site when it becomes a link: `//elsewhere.example` does not. */
function ownPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^[/\\]*/, '/');
}
