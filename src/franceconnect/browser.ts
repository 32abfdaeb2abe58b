import { type Compilable, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { also, atOnce, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { type Outcome, outcomeSchema } from '#src/franceconnect/outcome.ts';
import { franceConnectName } from '#src/franceconnect/profile.ts';
import {
  type BrowserRef,
  findKept,
  forgetKept,
  isBrowserSecret,
  isKept,
  keepingForBrowser,
  randomBrowserSecret as newSecret,
  takeKept,
} from '#src/oidc/browser.ts';
import type { Services } from '#src/services.ts';
import type { CookieChange, PageRequest } from '#src/web/page.ts';

/** How long the page that explains an outcome stays, and a proof that waits for a password. */
const outcomeMinutes = 10;

/** The cookie of the secret that binds journeys to FranceConnect to a browser. */
export const browserCookie = 'franceconnect';

/** The secret of the browser that a request comes from; empty before its first journey. */
export function browserOf({ sender }: Pick<PageRequest, 'sender'>): string {
  return sender.cookie(browserCookie);
}

/** By what a browser reads what is kept for it, and the cookie that tells it. */
export interface BrowserSecret {
  readonly secret: string;
  readonly cookie: CookieChange;
}

function withCookie(secret: string): BrowserSecret {
  return { secret, cookie: { name: browserCookie, value: secret } };
}

/** A secret that no browser has had: nothing is kept under it yet. */
export function newBrowserSecret(random: Random): BrowserSecret {
  return withCookie(newSecret(random));
}

/** The secret that a browser has, or a new one. */
export function browserSecret(cookie: string, random: Random): BrowserSecret {
  return isBrowserSecret(cookie) ? withCookie(cookie) : newBrowserSecret(random);
}

function at(secret: string): BrowserRef {
  return { provider: franceConnectName, secret };
}

type Needs = Pick<Services, 'db' | 'keyring' | 'random'>;

/**
 * Another secret for each journey that begins and each that comes back: an older one, which somebody may have kept, reads
 * nothing of what comes next. How the journey before ended is forgotten; the session at the provider moves along, to
 * be ended from here, by the writes in `moved`: none where there was no session.
 */
export async function takeBrowserSecret(
  { db, keyring, random }: Needs,
  older: string,
  now: Date,
): Promise<BrowserSecret & { readonly moved: readonly Write[] }> {
  const renewed = newBrowserSecret(random);
  const kept = await takeKept(db, keyring, at(older), now);
  if (!kept) return { ...renewed, moved: [] };
  const session = { kept: 'session', value: kept.session, until: kept.until } as const;
  return { ...renewed, moved: [also(keepingForBrowser(db, keyring, at(renewed.secret), session))] };
}

/** The same, with what moves along written at once. */
export async function renewBrowserSecret(
  needs: Needs,
  older: string,
  now: Date,
): Promise<BrowserSecret & { readonly isEmpty: boolean }> {
  const { moved, ...renewed } = await takeBrowserSecret(needs, older, now);
  if (moved.length > 0) await atOnce(needs.db, moved);
  return { ...renewed, isEmpty: moved.length === 0 };
}

/**
 * What a browser’s cookie becomes when its person has left, or begins in another way: the next person learns nothing.
 * Empty where it has none.
 */
export async function leaveJourney(
  needs: Needs,
  browser: string,
  now: Date,
): Promise<readonly CookieChange[]> {
  if (browser === '') return [];
  const { cookie, isEmpty } = await renewBrowserSecret(needs, browser, now);
  return [isEmpty ? noBrowserSecret : cookie];
}

export const noBrowserSecret: CookieChange = { name: browserCookie, value: null };

/** Keeps how the latest journey of this browser ended, in place of the one before. */
export function keepingOutcome(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  outcome: Outcome,
  now: Date,
) {
  const until = new Date(now.getTime() + outcomeMinutes * 60_000);
  return keepingForBrowser(db, keyring, at(secret), { kept: 'outcome', value: outcome, until });
}

/** Runs `keepingOutcome`. */
export async function keepOutcome(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  await keepingOutcome(db, keyring, secret, outcome, now).execute();
}

/** How the latest journey of this browser ended; null when it ended well, long ago, or never began. */
export async function findOutcome(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  now: Date,
): Promise<Outcome | null> {
  const outcome = await findKept(db, keyring, at(secret), 'outcome', now);
  return outcome === null ? null : outcomeSchema.parse(outcome);
}

export async function forgetOutcome(db: Kysely<Database>, secret: string): Promise<void> {
  await forgetKept(db, at(secret), 'outcome');
}

/** A proof that waits in this browser for the person to sign in to their account, if it is theirs. */
export async function waitingProof(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  request: Pick<PageRequest, 'sender' | 'now'>,
  personKey: Buffer,
): Promise<NonNullable<Outcome['proof']> | null> {
  const outcome = await findOutcome(db, keyring, browserOf(request), request.now);
  return outcome?.proof?.person === personKey.toString('hex') ? outcome.proof : null;
}

const sessionSchema = z.object({ idToken: z.string() });

/** Keeps the ID token of the session that this browser has at the provider, for the logout. */
export function keepingProviderSession(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  idToken: string,
  until: Date,
): Compilable {
  return keepingForBrowser(db, keyring, at(secret), { kept: 'session', value: { idToken }, until });
}

/** Whether this browser has a session at the provider. */
export async function hasProviderSession(db: Kysely<Database>, secret: string, now: Date): Promise<boolean> {
  if (secret === '') return false;
  const { rows } = await sql<{ has: boolean }>`select ${isKept(at(secret), 'session', now)} as has`.execute(
    db,
  );
  return rows[0]?.has ?? false;
}

/**
 * The ID token of this browser's session at the provider, which is taken together with everything that is kept for it:
 * null when there is none.
 */
export async function takeProviderSession(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  now: Date,
): Promise<string | null> {
  const kept = await takeKept(db, keyring, at(secret), now);
  return kept && (sessionSchema.safeParse(kept.session).data?.idToken ?? null);
}
