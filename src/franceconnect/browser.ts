import type { Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { also, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { type Outcome, outcomeSchema } from '#src/franceconnect/outcome.ts';
import { franceConnectName } from '#src/franceconnect/profile.ts';
import {
  type BrowserRef,
  findKept,
  forgettingKept,
  isBrowserSecret,
  keepingForBrowser,
  randomBrowserSecret as newSecret,
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

/**
 * A secret that no browser has had. Each journey that begins and each that comes back gets one: an older one, which
 * somebody may have kept, reads nothing of what comes next.
 */
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

export const noBrowserSecret: CookieChange = { name: browserCookie, value: null };

/** Forgets how the latest journey of this browser ended: another begins, or its person leaves. */
export function forgettingOutcome(db: Kysely<Database>, secret: string): readonly Write[] {
  return secret === '' ? [] : [also(forgettingKept(db, at(secret), 'outcome'))];
}

/**
 * What a browser’s cookie becomes when its person has left, or begins in another way: the next person learns nothing.
 * Empty where it has none.
 */
export async function leaveJourney(db: Kysely<Database>, secret: string): Promise<readonly CookieChange[]> {
  if (secret === '') return [];
  await forgetOutcome(db, secret);
  return [noBrowserSecret];
}

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
  await db.executeQuery(forgettingKept(db, at(secret), 'outcome').compile());
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
