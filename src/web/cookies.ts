import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieChange } from '#src/web/page.ts';

/** What the names of cookies depend on. */
interface CookieRealm {
  /** Whether the public address is https. */
  readonly secure: boolean;
  readonly demo: { readonly kind: 'demo' | 'exercise' } | null;
}

/**
 * Over https the prefix of a cookie’s name binds it to this host; plain http (the demo, a class) does not allow that. A
 * browser sends the cookies of a host to all of its ports: those of a class have names of their own, so that a demo on
 * the same machine changes nothing in it.
 */
export function cookieName({ secure, demo }: CookieRealm, name: string): string {
  if (secure) return `__Host-${name}`;
  return demo?.kind === 'exercise' ? `atelier-${name}` : name;
}

export function readCookie(context: CookieRealm, request: FastifyRequest, name: string): string | null {
  const cookies: Record<string, string | undefined> | undefined = request.cookies;
  return cookies?.[cookieName(context, name)] ?? null;
}

export function writeCookie(
  context: CookieRealm,
  reply: FastifyReply,
  { name, value, maxAgeSeconds }: CookieChange,
): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: context.secure } as const;
  // `clearCookie` would add a date in the past, which says the same again.
  const maxAge = value === null ? 0 : maxAgeSeconds;
  reply.setCookie(
    cookieName(context, name),
    value ?? '',
    maxAge === undefined ? options : { ...options, maxAge },
  );
}
