import type { Compilable, Kysely } from 'kysely';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';

/** What is kept for a browser: how its latest journey ended, or the session it has at the provider. */
type Kept = 'outcome' | 'session';

/** A browser at one provider, known by the secret that a cookie carries; an empty secret is nobody’s. */
export interface BrowserRef {
  readonly provider: string;
  readonly secret: string;
}

/** A secret that no browser has had: nothing is kept under it yet. */
export function randomBrowserSecret(random: Random): string {
  return random.bytes(32).toString('base64url');
}

/** Whether a cookie can be such a secret. */
export function isBrowserSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

function place({ provider, secret }: BrowserRef, kept: Kept): Place {
  return { table: 'oidc_browser', column: 'sealed', row: [provider, secretHash(secret), kept] };
}

/** Keeps a value for a browser until then, in place of the one of its kind before. */
export function keepingForBrowser(
  db: Kysely<Database>,
  keyring: Keyring,
  browser: BrowserRef,
  { kept, value, until }: { readonly kept: Kept; readonly value: unknown; readonly until: Date },
) {
  const row = { sealed: seal(keyring, place(browser, kept), value), expires_at: until };
  return db
    .insertInto('oidc_browser')
    .values({ browser_hash: secretHash(browser.secret), provider: browser.provider, kept, ...row })
    .onConflict((conflict) => conflict.columns(['browser_hash', 'provider', 'kept']).doUpdateSet(row));
}

const keptQuery = `
  select sealed from oidc_browser
  where browser_hash = $1 and provider = $2 and kept = $3 and expires_at > $4`;

/** What is kept for a browser; null when nothing is. */
export async function findKept(
  db: Kysely<Database>,
  keyring: Keyring,
  browser: BrowserRef,
  kept: Kept,
  now: Date,
): Promise<unknown> {
  if (browser.secret === '') return null;
  const { rows } = await db.executeQuery(
    prepared<{ sealed: Buffer }>(keptQuery, [secretHash(browser.secret), browser.provider, kept, now]),
  );
  const [row] = rows;
  return row ? unseal(keyring, place(browser, kept), row.sealed) : null;
}

/** Forgets what is kept for a browser. */
export function forgettingKept(
  db: Kysely<Database>,
  { provider, secret }: BrowserRef,
  kept: Kept,
): Compilable {
  return db
    .deleteFrom('oidc_browser')
    .where('browser_hash', '=', secretHash(secret))
    .where('provider', '=', provider)
    .where('kept', '=', kept);
}

const takenQuery = `
  delete from oidc_browser
  where browser_hash = $1 and provider = $2 and kept = $3 returning sealed, expires_at`;

/** Takes what is kept for a browser, once; null when nothing is. */
export async function takeKept(
  db: Kysely<Database>,
  keyring: Keyring,
  browser: BrowserRef,
  kept: Kept,
  now: Date,
): Promise<unknown> {
  if (browser.secret === '') return null;
  const { rows } = await db.executeQuery(
    prepared<{ sealed: Buffer; expires_at: Date }>(takenQuery, [
      secretHash(browser.secret),
      browser.provider,
      kept,
    ]),
  );
  const [row] = rows;
  return row && row.expires_at > now ? unseal(keyring, place(browser, kept), row.sealed) : null;
}
