import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieChange } from '#src/web/page.ts';

/** Whether the public address is https. */
interface Secure {
  readonly secure: boolean;
}

/** Over https the prefix of a cookie's name binds it to this host; plain http (the demo) does not allow that. */
function nameOf({ secure }: Secure, name: string): string {
  return secure ? `__Host-${name}` : name;
}

export function readCookie(context: Secure, request: FastifyRequest, name: string): string | null {
  const cookies: Record<string, string | undefined> | undefined = request.cookies;
  return cookies?.[nameOf(context, name)] ?? null;
}

export function writeCookie(
  context: Secure,
  reply: FastifyReply,
  { name, value, maxAgeSeconds }: CookieChange,
): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: context.secure } as const;
  if (value === null) reply.clearCookie(nameOf(context, name), options);
  else
    reply.setCookie(nameOf(context, name), value, {
      ...options,
      ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
    });
}
