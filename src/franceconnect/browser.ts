import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import type { Database } from '#src/database/tables.ts';
import { type Outcome, outcomeSchema } from '#src/franceconnect/outcome.ts';
import type { Random } from '#src/random.ts';
import type { CookieChange } from '#src/web/page.ts';

/** How long the page that explains an outcome stays, and a proof that waits for a password. */
const outcomeMinutes = 10;

/** The browser's secret, a new one where it has none that we could have made, and its cookie. */
export function browserSecret(known: string, random: Random): { secret: string; cookie: CookieChange } {
  const secret = /^[\w-]{43}$/.test(known) ? known : random.bytes(32).toString('base64url');
  return { secret, cookie: { name: 'franceconnect', value: secret } };
}

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

/** The ID token of this browser's session at the provider, which is taken: null when there is none. */
export async function takeProviderSession(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  at: Date,
): Promise<string | null> {
  if (secret === '') return null;
  const browser = secretHash(secret);
  const { rows } = await sql<{ sealed: Buffer; expires_at: Date }>`
    delete from franceconnect_browser where browser_hash = ${browser} and kept = 'session'
    returning sealed, expires_at`.execute(db);
  const [row] = rows;
  if (!row || row.expires_at <= at) return null;
  const value = unseal(keyring, place(browser, 'session'), row.sealed);
  const holds = typeof value === 'object' && value !== null && 'idToken' in value;
  return holds && typeof value.idToken === 'string' ? value.idToken : null;
}
