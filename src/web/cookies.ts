import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#src/services.ts';
import type { CookieChange } from '#src/web/page.ts';

/** Over https a cookie is bound to this host by its name's prefix; plain http (the demo) cannot. */
function nameOf({ secure }: Pick<Services, 'secure'>, name: CookieChange['name']): string {
  return secure ? `__Host-${name}` : name;
}

export function readCookie(
  services: Pick<Services, 'secure'>,
  request: FastifyRequest,
  name: CookieChange['name'],
): string | null {
  const cookies: Record<string, string | undefined> | undefined = request.cookies;
  return cookies?.[nameOf(services, name)] ?? null;
}

export function writeCookie(
  services: Pick<Services, 'secure'>,
  reply: FastifyReply,
  { name, value, maxAgeSeconds }: CookieChange,
): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: services.secure } as const;
  if (value === null) reply.clearCookie(nameOf(services, name), options);
  else
    reply.setCookie(nameOf(services, name), value, {
      ...options,
      ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
    });
}
