import type { Kysely } from 'kysely';
import { z } from 'zod';
import { also, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { franceConnectName } from '#src/franceconnect/profile.ts';
import {
  type BrowserRef,
  forgettingKept,
  keepingForBrowser,
  randomBrowserSecret,
  takeKept,
} from '#src/oidc/browser.ts';
import type { Services } from '#src/services.ts';
import type { CookieChange, PageRequest } from '#src/web/page.ts';

/**
 * The cookie of the session that a browser has at FranceConnect: there as long as it, whatever journeys begin and come
 * back meanwhile. Each session has a secret of its own.
 */
export const providerSessionCookie = 'franceconnect-session';

export const noProviderSession: CookieChange = { name: providerSessionCookie, value: null };

const sessionSchema = z.object({ idToken: z.string() });

function refOf({ sender }: Pick<PageRequest, 'sender'>): BrowserRef {
  return { provider: franceConnectName, secret: sender.cookie(providerSessionCookie) };
}

/** A session that began at the provider: what keeps it, and the cookie that tells it. */
export interface BegunThere {
  readonly writes: readonly Write[];
  readonly cookie: CookieChange;
}

/** Keeps the ID token of the session that a browser now has at the provider, for the logout, instead of the one before. */
export function keepingProviderSession(
  { db, keyring, random }: Pick<Services, 'db' | 'keyring' | 'random'>,
  request: Pick<PageRequest, 'sender' | 'now'>,
  { idToken, minutes }: { readonly idToken: string; readonly minutes: number },
): BegunThere {
  const before = refOf(request);
  const secret = randomBrowserSecret(random);
  const until = new Date(request.now.getTime() + minutes * 60_000);
  const session = { kept: 'session', value: { idToken }, until } as const;
  return {
    writes: [
      ...(before.secret === '' ? [] : [also(forgettingKept(db, before, 'session'))]),
      also(keepingForBrowser(db, keyring, { ...before, secret }, session)),
    ],
    cookie: { name: providerSessionCookie, value: secret, maxAgeSeconds: minutes * 60 },
  };
}

/** Whether this browser may have a session at the provider that can be ended from here. */
export function mayHaveProviderSession(request: Pick<PageRequest, 'sender'>): boolean {
  return refOf(request).secret !== '';
}

/** The ID token of this browser’s session at the provider, taken once; null when there is none. */
export async function takeProviderSession(
  db: Kysely<Database>,
  keyring: Services['keyring'],
  request: Pick<PageRequest, 'sender' | 'now'>,
): Promise<string | null> {
  const kept = await takeKept(db, keyring, refOf(request), 'session', request.now);
  return sessionSchema.safeParse(kept).data?.idToken ?? null;
}
