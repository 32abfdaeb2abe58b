import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeCookie } from '#src/web/cookies.ts';
import type { Page } from '#src/web/define-page.ts';
import type { Answer, CookieChange } from '#src/web/page.ts';

/** The cookie of a browser where somebody has chosen to read without a network. */
export const offlineCookie = 'sans-reseau';

/**
 * What a browser may keep of the pages of its person. `unsaid`: nothing was chosen, and nobody is there about whom anything
 * could be kept. `none`: nothing is to be kept; `over`: it was once. `chosen`: what the person of the choice opens.
 */
export type Keeping =
  | { readonly kind: 'unsaid' }
  | { readonly kind: 'none'; readonly over: boolean }
  | { readonly kind: 'chosen'; readonly id: string; readonly until: Date; readonly isSignedIn: boolean };

/** Removes the cookie of the choice. */
export const noCopies: CookieChange = { name: offlineCookie, value: null };

/** Ends the choice in the browser: it erases what it kept, also where the worker of the site does not run. */
export function forgetCopies(context: Parameters<typeof writeCookie>[0], reply: FastifyReply): void {
  writeCookie(context, reply, noCopies);
  reply.header('clear-site-data', '"storage"');
}

/** Whether the worker of the browser asks for a page as it is kept: without forms, and with when it was seen. */
export function asksForCopy(
  request: FastifyRequest,
  { keptOffline }: Pick<Page<never>, 'keptOffline'>,
  keeping: Keeping,
): boolean {
  return (
    keptOffline &&
    keeping.kind === 'chosen' &&
    keeping.isSignedIn &&
    request.headers['offline-copy'] === 'yes'
  );
}

/**
 * Tells the worker of the browser (`src/installable/offline-copies.js`) what becomes of copies: `keep`, the name of the
 * choice and the seconds that are left; or `none`, and everything that was kept is erased.
 */
export function sayWhatIsKept(
  reply: FastifyReply,
  { keptOffline }: Pick<Page<never>, 'keptOffline'>,
  keeping: Keeping,
  answer: Answer,
  now: Date,
): void {
  if (keeping.kind === 'none') reply.header('offline-copies', 'none');
  if (keeping.kind !== 'chosen' || !keeping.isSignedIn || !keptOffline) return;
  if (answer.kind !== 'page' || (answer.status ?? 200) !== 200) return;
  const seconds = Math.floor((keeping.until.getTime() - now.getTime()) / 1_000);
  reply.header('offline-copies', `keep ${keeping.id} ${seconds}`);
}
