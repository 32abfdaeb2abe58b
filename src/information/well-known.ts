import type { FastifyInstance } from 'fastify';
import type { SecurityReports } from '#src/config/config.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';

/** Where password managers and researchers look first (RFC 8615). */
const wellKnown = {
  changePassword: '/.well-known/change-password',
  securityTxt: '/.well-known/security.txt',
} as const;

export const wellKnownPaths: readonly string[] = Object.values(wellKnown);

const dayMs = 86_400_000;
/** Less than a year, as RFC 9116 recommends. */
const validDays = 180;

/** The address that leads to the change of one’s password, and how to report a vulnerability. */
export function registerWellKnown(
  app: FastifyInstance,
  { clock, publicUrl }: Pick<Services, 'clock' | 'publicUrl'>,
  reports: SecurityReports | null,
): void {
  app.get(wellKnown.changePassword, (_request, reply) =>
    reply.header('cache-control', 'no-cache').redirect(paths.accountPassword, 302),
  );
  if (reports)
    app.get(wellKnown.securityTxt, (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=86400')
        .type('text/plain; charset=utf-8')
        .send(securityTxt(reports, publicUrl(), clock.now())),
    );
}

/** The same all day: what is in force today holds for `validDays`. */
function securityTxt({ contacts, languages, policy }: SecurityReports, site: string, now: Date): string {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  const lines = [
    ...contacts.map((contact) => `Contact: ${contact}`),
    `Expires: ${new Date(today + validDays * dayMs).toISOString().replace('.000', '')}`,
    `Preferred-Languages: ${languages.join(', ')}`,
    `Canonical: ${site}${wellKnown.securityTxt}`,
    ...(policy === null ? [] : [`Policy: ${policy}`]),
  ];
  return `${lines.join('\n')}\n`;
}
