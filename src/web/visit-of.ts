import type { FastifyReply, FastifyRequest } from 'fastify';
import { paths } from '#src/paths.ts';
import { conformityOf } from '#src/policy/accessibility.ts';
import type { DemoHints, DemoRole } from '#src/services.ts';
import { voiceOf } from '#src/texts/language.ts';
import { readCookie } from '#src/web/cookies.ts';
import { csrfToken } from '#src/web/forms/csrf.ts';
import { type FormBasis, shownToNobody } from '#src/web/forms/form-token.ts';
import { keepPreferences, type Preferences, readPreferences } from '#src/web/http/preferences.ts';
import type { WebContext } from '#src/web/site.ts';
import type { DemoInVisit, SessionInVisit, Visit } from '#src/web/visit.ts';

/** The cookie that keeps which caisse a visitor has chosen. */
export const caisseCookie = 'caisse';

/** The visit of a request, with or without a session. Preferences chosen in its address are stored in cookies. */
export function visitOf(
  context: Pick<WebContext, 'policy' | 'caisses' | 'keyring' | 'random' | 'secure' | 'demo'>,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    now,
    session = null,
    basis = shownToNobody,
    isPublic = false,
    keepsDraft = false,
    isCopy = false,
  }: VisitFacts,
): Visit {
  const chosen = readCookie(context, request, caisseCookie);
  const caisse = chosen === null ? undefined : context.caisses.caisses.get(chosen);
  keepPreferences(request, reply, context.secure);
  const visit = anonymousVisit(context, preferencesOf(request), now);
  const key = roleKeyOf(context, request);
  return {
    ...visit,
    demo: context.demo && demoIn(context.demo, key),
    path: ownPath(request.url),
    isCopy,
    csrfToken: isCopy ? noToken : once(() => csrfToken(context, request, reply, basis)),
    caisse: caisse ? { code: caisse.code, name: caisse.name } : null,
    signedIn: session?.signedIn ?? false,
    sessionEndsAt: isCopy ? null : (session?.endsAt ?? null),
    sessionEnding: isCopy
      ? null
      : session && {
          lastAt: session.lastAt,
          afterwards: session.afterwards,
          isPublic,
          keepsDraft,
        },
  };
}

/** The cookie that keeps whom the visitor of a demo plays. */
export const roleCookie = 'demo-personne';

/** The invented person whom the visitor of a demo plays. */
export function roleOf(
  context: Pick<WebContext, 'demo' | 'secure'>,
  request: FastifyRequest,
): DemoRole | null {
  const key = roleKeyOf(context, request);
  return key === null ? null : (context.demo?.person(key) ?? null);
}

/** The key in the cookie of whom the visitor plays; null outside a demo. */
export function roleKeyOf(
  context: Pick<WebContext, 'demo' | 'secure'>,
  request: FastifyRequest,
): string | null {
  return context.demo && readCookie(context, request, roleCookie);
}

function demoIn(demo: DemoHints, key: string | null): DemoInVisit {
  const { kind, home } = demo;
  const person = key === null ? null : demo.person(key);
  return {
    kind,
    home,
    /** Counted when the frame is drawn: the page itself may open a message. */
    get trays() {
      return demo.trays(key);
    },
    get praise() {
      return demo.praise(key);
    },
    person: person?.name ?? null,
    papers: person?.papers ?? [],
  };
}

interface VisitFacts {
  readonly now: Date;
  readonly session?: SessionInVisit | null;
  /** The person and the data that the forms of the page are bound to; none by default. */
  readonly basis?: FormBasis;
  /** Whether the page contains nothing about anybody, and whether it keeps drafts. */
  readonly isPublic?: boolean;
  readonly keepsDraft?: boolean;
  readonly isCopy?: boolean;
}

export function preferencesOf(request: FastifyRequest): Preferences {
  return readPreferences({
    query: request.query,
    cookies: request.cookies,
    acceptLanguage: request.headers['accept-language'],
  });
}

/** An anonymous visit: for a page without a form that is the same for everyone who reads one language. */
export function anonymousVisit(
  { policy, demo }: Pick<WebContext, 'policy' | 'demo'>,
  { language, contrast }: Preferences,
  now: Date,
): Visit {
  return {
    path: paths.home,
    language,
    voice: voiceOf(language, policy.wording.style),
    contrast,
    csrfToken: () => '',
    serviceName: policy.serviceName,
    supportTelephone: policy.support.telephone,
    supportMailbox: policy.support.mailbox,
    supportForm: policy.support.form ?? null,
    supportRelay: policy.support.relay ?? null,
    conformity: conformityOf(policy.accessibility ?? null, demo !== null),
    wording: policy.wording,
    passwordWord: policy.password.word,
    caisse: null,
    isCopy: false,
    signedIn: false,
    sessionEndsAt: null,
    sessionEnding: null,
    warningSeconds: policy.session.warningSeconds,
    demo: demo && demoIn(demo, null),
    now,
  };
}

/** A copy outlives its session: no form may stand in it. */
function noToken(): never {
  throw new Error('A page that is kept has a form');
}

/** A value that is made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The path of the request, made safe as a link: `//elsewhere.example` would lead to another site. */
function ownPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^[/\\]*/, '/');
}
