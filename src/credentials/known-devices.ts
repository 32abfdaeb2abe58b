import { hash } from 'node:crypto';
import { type Compilable, type Kysely, sql } from 'kysely';
import type { Random } from '#src/crypto/random.ts';
import { alsoSelect, required, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { isOf, type Whose } from '#src/database/whose.ts';
import { type DeviceKind, deviceKind } from '#src/texts/device-texts.ts';

/** The cookie that identifies a browser to the accounts that it has signed in to. */
export const deviceCookie = 'appareil';

interface DeviceCookie {
  readonly name: string;
  readonly value: string;
  readonly maxAgeSeconds: number;
}

/** 13 months from the first sign-in: later ones do not extend it. */
const keptDays = 395;

/** For how many people one browser can be a known device. */
const mostPeople = 5;

/** How a browser is stored for one person, by its secret; and the form that it sent, by its digest. */
function deviceHash(personKey: Buffer, secret: string | Buffer): Buffer {
  return hash('sha256', Buffer.concat([personKey, Buffer.from(secret)]), 'buffer');
}

/** The secrets in the cookie of a browser: one for each person who signed in there, the latest first. */
function secretsIn(device: string): readonly string[] {
  return device
    .slice(0, mostPeople * 44)
    .split('.')
    .filter((secret) => /^[\w-]{43}$/.test(secret));
}

/** People, and the hashes under which the browser of a cookie, or the form that it sent, may be stored for them. */
export interface PresentedDevice {
  readonly persons: readonly Buffer[];
  readonly devices: readonly Buffer[];
  readonly requests: readonly Buffer[];
}

/** `request`: the digest of a form that signs in (`sender.once`). */
export function presentedDevice(
  persons: readonly Buffer[],
  device: string,
  request?: Buffer,
): PresentedDevice {
  return {
    persons,
    devices: persons.flatMap((person) => presentedHashes(person, device)),
    requests: request ? persons.map((person) => deviceHash(person, request)) : [],
  };
}

/** The browser of a cookie, as stored for a person under each of its secrets. */
function presentedHashes(personKey: Buffer, device: string): readonly Buffer[] {
  return secretsIn(device).map((secret) => deviceHash(personKey, secret));
}

export interface KnownDevice {
  readonly tokenHash: Buffer;
  /** A password was typed there: it has counters of its own. */
  readonly withPassword: boolean;
}

/**
 * Whether this browser has signed in as this person. Without the cookie there is no query; with it, one, whether or not
 * the person exists.
 */
export async function knownDevice(
  db: Kysely<Database>,
  personKey: Buffer,
  device: string,
  now: Date,
): Promise<KnownDevice | null> {
  const hashes = presentedHashes(personKey, device);
  if (hashes.length === 0) return null;
  const row = await db
    .selectFrom('known_device')
    .select(['token_hash', 'with_password'])
    .where('person_key', '=', personKey)
    .where('token_hash', 'in', hashes)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ? { tokenHash: row.token_hash, withPassword: row.with_password } : null;
}

/** What is stored of a browser that has just signed in. */
export interface RememberedDevice extends KnownDevice {
  readonly kind: DeviceKind;
  /** The hash that it replaces; null for a browser that was not known. */
  readonly replaces: Buffer | null;
  /** The hashes that it presented. */
  readonly presented: readonly Buffer[];
  /** The hash of the form that signs in; null without one. */
  readonly request: Buffer | null;
}

/** The browser that signs in. */
interface SigningDevice {
  /** Its cookie. */
  readonly device: string;
  readonly known: KnownDevice | null;
  readonly kind: DeviceKind;
  readonly withPassword: boolean;
  /** The digest of the form that signs in. */
  readonly request?: Buffer;
}

/**
 * What is stored of a browser that has just signed in, and its cookie. The secret for this person is new each time, so
 * that a cookie copied or planted earlier stops working at the next sign-in. The secrets of other people who share the
 * browser stay in the cookie.
 */
export function rememberDevice(
  random: Random,
  personKey: Buffer,
  { device, known, kind, withPassword, request }: SigningDevice,
): { readonly remembered: RememberedDevice; readonly cookie: DeviceCookie } {
  const secret = random.bytes(32).toString('base64url');
  const shared = secretsIn(device).filter((other) => !known?.tokenHash.equals(deviceHash(personKey, other)));
  const value = [secret, ...shared].slice(0, mostPeople).join('.');
  return {
    remembered: {
      tokenHash: deviceHash(personKey, secret),
      withPassword,
      kind,
      replaces: known?.tokenHash ?? null,
      presented: presentedHashes(personKey, device),
      request: request ? deviceHash(personKey, request) : null,
    },
    cookie: { name: deviceCookie, value, maxAgeSeconds: keptDays * 86_400 },
  };
}

/**
 * Makes the browser that signs in a known one of the person, under its new hash. A browser that was known is required to
 * be so still, and one that was not, not to have become so by the first copy of the same form.
 */
export function rememberingDevice(
  db: Kysely<Database>,
  personKey: Buffer,
  device: RememberedDevice,
  now: Date,
): readonly Write[] {
  const { tokenHash, replaces, kind, withPassword, request } = device;
  if (!replaces) return [makingWay(db, personKey), required(storingDevice(db, personKey, device, now))];
  const known = db
    .updateTable('known_device')
    .set({ token_hash: tokenHash, request_hash: request, seen_at: now, ...kind })
    .$if(withPassword, (update) => update.set({ with_password: true }))
    .where('person_key', '=', personKey)
    .where('token_hash', '=', replaces);
  return [required(known)];
}

/** Deletes the known browsers of a locked account that leave no place for another one. */
function makingWay(db: Kysely<Database>, personKey: Buffer): Write {
  const making = sql`select make_way(${personKey}::bytea)`;
  return alsoSelect({ compile: () => making.compile(db) });
}

/** Stores a browser that was not known, after `makingWay`. */
export function storingDevice(
  db: Kysely<Database>,
  personKey: Buffer,
  { tokenHash, kind, withPassword, request }: RememberedDevice,
  now: Date,
): Compilable {
  return db
    .insertInto('known_device')
    .values({
      person_key: personKey,
      token_hash: tokenHash,
      created_at: now,
      seen_at: now,
      expires_at: new Date(now.getTime() + keptDays * 86_400_000),
      ...kind,
      with_password: withPassword,
      request_hash: request,
    })
    .onConflict((conflict) => conflict.columns(['person_key', 'request_hash']).doNothing());
}

/** A known browser, as its owner sees it. */
export interface ListedDevice {
  /** Names it in the forms of its owner. */
  readonly id: string;
  readonly kind: DeviceKind;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The browser that asks. */
  readonly isThisOne: boolean;
  /** Until when it may keep pages to be read without a network; null where that was not chosen. */
  readonly offlineUntil: Date | null;
}

/** The known browsers of a person, the latest first; `device`: the cookie of the browser that asks. */
export async function listDevices(
  db: Kysely<Database>,
  personKey: Buffer,
  device: string,
  now: Date,
): Promise<readonly ListedDevice[]> {
  const presented = presentedHashes(personKey, device);
  const rows = await db
    .selectFrom('known_device')
    .select(['token_hash', 'created_at', 'seen_at', 'offline_until', 'browser', 'system'])
    .where('person_key', '=', personKey)
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .execute();
  return rows.map(({ token_hash, created_at, seen_at, offline_until, ...kind }) => ({
    id: token_hash.toString('hex').slice(0, idLength),
    kind: deviceKind(kind),
    firstAt: created_at,
    lastAt: seen_at,
    isThisOne: presented.some((hash) => hash.equals(token_hash)),
    offlineUntil: offline_until && offline_until > now ? offline_until : null,
  }));
}

const idLength = 16;

/** Deletes the known browsers of a person. */
export function forgettingDevices(db: Kysely<Database>, whose: Whose): Compilable {
  return db.deleteFrom('known_device').where(isOf(whose));
}

/** Runs `forgettingDevices`. */
export async function forgetDevices(trx: Kysely<Database>, whose: Whose): Promise<void> {
  await trx.executeQuery(forgettingDevices(trx, whose).compile());
}

/** Deletes one known browser of a person, by its id in a list. */
export function forgettingDevice(db: Kysely<Database>, personKey: Buffer, id: string): Compilable {
  return db
    .deleteFrom('known_device')
    .where('person_key', '=', personKey)
    .where(sql<boolean>`substring(encode(token_hash, 'hex') from 1 for ${sql.lit(idLength)}) = ${id}`);
}

/** Deletes the browsers of a person where no password was ever typed. */
export function forgettingDevicesWithoutPassword(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('known_device').where('person_key', '=', personKey).where('with_password', '=', false);
}
