import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import type { Database } from '#src/database/tables.ts';
import { type Outcome, outcomeSchema } from '#src/franceconnect/outcome.ts';
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

/** A secret that no browser has had: nothing is kept under it yet. */
export function newBrowserSecret(random: Random): BrowserSecret {
  const secret = random.bytes(32).toString('base64url');
  return { secret, cookie: { name: browserCookie, value: secret } };
}

/** The secret that a browser has, or a new one. */
export function browserSecret(known: string, random: Random): BrowserSecret {
  if (!/^[\w-]{43}$/.test(known)) return newBrowserSecret(random);
  return { secret: known, cookie: { name: browserCookie, value: known } };
}

type Needs = Pick<Services, 'db' | 'keyring' | 'random'>;

/**
 * Another secret for each journey that begins and each that comes back: an older one, which somebody may have kept, reads
 * nothing of what comes next. How the journey before ended is forgotten; the session at the provider moves along, to
 * be ended from here.
 */
export async function renewBrowserSecret(
  needs: Needs,
  older: string,
  at: Date,
): Promise<BrowserSecret & { readonly isEmpty: boolean }> {
  const { db, keyring, random } = needs;
  const renewed = newBrowserSecret(random);
  const kept = await takeKept(db, keyring, older, at);
  if (kept) await keepProviderSession(db, keyring, renewed.secret, kept.idToken, kept.until);
  return { ...renewed, isEmpty: kept === null };
}

/**
 * What a browser’s cookie becomes when its person has left, or begins in another way: nothing is told to the next one.
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

function place(browser: Buffer, kept: 'outcome' | 'session'): Place {
  return { table: 'franceconnect_browser', column: 'sealed', row: [browser, kept] };
}

/** Keeps how the latest journey of this browser ended, in place of the one before. */
export async function keepOutcome(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  outcome: Outcome,
  at: Date,
): Promise<void> {
  const browser = secretHash(secret);
  const expires_at = new Date(at.getTime() + outcomeMinutes * 60_000);
  const row = { sealed: seal(keyring, place(browser, 'outcome'), outcome), expires_at };
  await db
    .insertInto('franceconnect_browser')
    .values({ browser_hash: browser, kept: 'outcome', ...row })
    .onConflict((conflict) => conflict.columns(['browser_hash', 'kept']).doUpdateSet(row))
    .execute();
}

/** How the latest journey of this browser ended; null when it ended well, long ago, or never began. */
export async function findOutcome(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  at: Date,
): Promise<Outcome | null> {
  if (secret === '') return null;
  const browser = secretHash(secret);
  const row = await db
    .selectFrom('franceconnect_browser')
    .select('sealed')
    .where('browser_hash', '=', browser)
    .where('kept', '=', 'outcome')
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row ? outcomeSchema.parse(unseal(keyring, place(browser, 'outcome'), row.sealed)) : null;
}

export async function forgetOutcome(db: Kysely<Database>, secret: string): Promise<void> {
  await db
    .deleteFrom('franceconnect_browser')
    .where('browser_hash', '=', secretHash(secret))
    .where('kept', '=', 'outcome')
    .execute();
}

/**
 * Keeps the ID token of the session that this browser has at the provider, for the logout. How an earlier journey ended
 * is forgotten.
 */
export async function keepProviderSession(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  idToken: string,
  until: Date,
): Promise<void> {
  const browser = secretHash(secret);
  await sql`
    with forgotten as (
      delete from franceconnect_browser where browser_hash = ${browser} and kept = 'outcome'
    )
    insert into franceconnect_browser (browser_hash, kept, sealed, expires_at)
    values (${browser}, 'session', ${seal(keyring, place(browser, 'session'), { idToken })}, ${until})
    on conflict (browser_hash, kept) do update set sealed = excluded.sealed, expires_at = excluded.expires_at`.execute(
    db,
  );
}

/** Whether this browser has a session at the provider. */
export async function hasProviderSession(db: Kysely<Database>, secret: string, at: Date): Promise<boolean> {
  if (secret === '') return false;
  const { rows } = await sql<{ has: boolean }>`select ${providerSession(secret, at)} as has`.execute(db);
  return rows[0]?.has ?? false;
}

/** As a part of a statement: whether this browser has a session at the provider. */
export function providerSession(secret: string, at: Date): RawBuilder<boolean> {
  return sql`exists (
    select from franceconnect_browser
    where browser_hash = ${secretHash(secret)} and kept = 'session' and expires_at > ${at})`;
}

/**
 * The ID token of this browser's session at the provider, which is taken together with everything that is kept for it:
 * null when there is none.
 */
export async function takeProviderSession(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  at: Date,
): Promise<string | null> {
  return (await takeKept(db, keyring, secret, at))?.idToken ?? null;
}

async function takeKept(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  at: Date,
): Promise<{ readonly idToken: string; readonly until: Date } | null> {
  if (secret === '') return null;
  const browser = secretHash(secret);
  const rows = await db
    .deleteFrom('franceconnect_browser')
    .where('browser_hash', '=', browser)
    .returning(['kept', 'sealed', 'expires_at'])
    .execute();
  const row = rows.find(({ kept }) => kept === 'session');
  if (!row || row.expires_at <= at) return null;
  const value = unseal(keyring, place(browser, 'session'), row.sealed);
  const holds = typeof value === 'object' && value !== null && 'idToken' in value;
  return holds && typeof value.idToken === 'string'
    ? { idToken: value.idToken, until: row.expires_at }
    : null;
}
