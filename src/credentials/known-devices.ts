import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Random } from '#src/crypto/random.ts';
import type { Database } from '#src/database/tables.ts';

/** The cookie that identifies a browser to the accounts that it has signed in to. */
export const deviceCookie = 'appareil';

interface DeviceCookie {
  readonly name: string;
  readonly value: string;
  readonly maxAgeSeconds: number;
}

/** 13 months from the first sign-in: later ones do not extend it. */
const keptDays = 395;

const mostDevices = 5;
/** For how many people one browser can be a known device. */
const mostPeople = 5;

/** How a browser is stored for one person. */
function deviceHash(personKey: Buffer, secret: string): Buffer {
  return hash('sha256', Buffer.concat([personKey, Buffer.from(secret, 'utf8')]), 'buffer');
}

/** The secrets in the cookie of a browser: one for each person who signed in there, the latest first. */
function secretsIn(device: string): readonly string[] {
  return device
    .slice(0, mostPeople * 44)
    .split('.')
    .filter((secret) => /^[\w-]{43}$/.test(secret));
}

/**
 * Whether this browser has signed in as this person: its hash, or null. Without the cookie there is no query; with it,
 * one, whether or not the person exists.
 */
export async function knownDevice(
  db: Kysely<Database>,
  personKey: Buffer,
  device: string,
  now: Date,
): Promise<Buffer | null> {
  const hashes = secretsIn(device).map((secret) => deviceHash(personKey, secret));
  if (hashes.length === 0) return null;
  const row = await db
    .selectFrom('known_device')
    .select('token_hash')
    .where('person_key', '=', personKey)
    .where('token_hash', 'in', hashes)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.token_hash ?? null;
}

/** What is stored of a browser that has just signed in, and the hash that it replaces. */
export interface RememberedDevice {
  readonly tokenHash: Buffer;
  readonly replaces: Buffer | null;
}

/**
 * What is stored of a browser that has just signed in, and its cookie. The secret for this person is new each time, so
 * that a cookie copied or planted earlier stops working at the next sign-in. The secrets of other people who share the
 * browser stay in the cookie.
 */
export function rememberDevice(
  random: Random,
  personKey: Buffer,
  { device, known }: { readonly device: string; readonly known: Buffer | null },
): { readonly remembered: RememberedDevice; readonly cookie: DeviceCookie } {
  const secret = random.bytes(32).toString('base64url');
  const shared = secretsIn(device).filter((other) => !known?.equals(deviceHash(personKey, other)));
  const value = [secret, ...shared].slice(0, mostPeople).join('.');
  return {
    remembered: { tokenHash: deviceHash(personKey, secret), replaces: known },
    cookie: { name: deviceCookie, value, maxAgeSeconds: keptDays * 86_400 },
  };
}

/** Stores a known browser of a person, replacing its former hash; beyond five, the least recently used is deleted. */
export async function storeDevice(
  trx: Kysely<Database>,
  personKey: Buffer,
  { tokenHash, replaces }: RememberedDevice,
  now: Date,
): Promise<void> {
  const before = await trx
    .deleteFrom('known_device')
    .where('person_key', '=', personKey)
    .where('token_hash', '=', replaces ?? Buffer.alloc(0))
    .returning(['created_at', 'expires_at'])
    .executeTakeFirst();
  await trx
    .insertInto('known_device')
    .values({
      person_key: personKey,
      token_hash: tokenHash,
      created_at: before?.created_at ?? now,
      seen_at: now,
      expires_at: before?.expires_at ?? new Date(now.getTime() + keptDays * 86_400_000),
    })
    .execute();
  const crowding = trx
    .selectFrom('known_device')
    .select('token_hash')
    .where('person_key', '=', personKey)
    .where('token_hash', '<>', tokenHash)
    .orderBy('seen_at', 'desc')
    .offset(mostDevices - 1);
  await trx
    .deleteFrom('known_device')
    .where('person_key', '=', personKey)
    .where('token_hash', 'in', crowding)
    .execute();
}

/** When each browser that the person signed in with was last used, the latest first. */
export async function listDevices(
  db: Kysely<Database>,
  personKey: Buffer,
  now: Date,
): Promise<readonly Date[]> {
  const rows = await db
    .selectFrom('known_device')
    .select('seen_at')
    .where('person_key', '=', personKey)
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .execute();
  return rows.map(({ seen_at }) => seen_at);
}

/** Deletes the known browsers of a person. Returns how many there were. */
export async function forgetDevices(trx: Kysely<Database>, personKey: Buffer): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('known_device')
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
