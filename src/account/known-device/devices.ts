import { hash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import type { Database } from '#src/database/tables.ts';
import type { Random } from '#src/random.ts';
import type { CookieChange } from '#src/web/page.ts';

/** 13 months at most, from the first sign-in: it is not made longer by the next ones. */
const keptDays = 395;

/** How a browser is stored for one person: two people who share it are not tied together. */
function deviceHash(personKey: Buffer, device: string): Buffer {
  return hash('sha256', Buffer.concat([personKey, Buffer.from(device, 'utf8')]), 'buffer');
}

function isDevice(cookie: string): boolean {
  return /^[\w-]{43}$/.test(cookie);
}

/**
 * Whether this browser has signed in as this person: its hash, or null. Asked only of browsers that send the cookie,
 * whoever the person is and whether or not they exist.
 */
export async function knownDevice(
  db: Kysely<Database>,
  personKey: Buffer,
  device: string,
  now: Date,
): Promise<Buffer | null> {
  if (!isDevice(device)) return null;
  const tokenHash = deviceHash(personKey, device);
  const row = await db
    .selectFrom('known_device')
    .select('token_hash')
    .where('person_key', '=', personKey)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ? tokenHash : null;
}

/** What a sign-in stores of its browser. */
export interface RememberedDevice {
  readonly tokenHash: Buffer;
  readonly expiresAt: Date;
}

/** What is stored of a browser that has just signed in, and the cookie it gets when it had none. */
export function rememberDevice(
  random: Random,
  personKey: Buffer,
  device: string,
  at: Date,
): { readonly remembered: RememberedDevice; readonly cookies: readonly CookieChange[] } {
  const known = isDevice(device);
  const token = known ? device : random.bytes(32).toString('base64url');
  const expiresAt = new Date(at.getTime() + keptDays * 86_400_000);
  return {
    remembered: { tokenHash: deviceHash(personKey, token), expiresAt },
    cookies: known ? [] : [{ name: 'appareil', value: token, maxAgeSeconds: keptDays * 86_400 }],
  };
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

/** No browser of the person is known any more: a new password, or their wish. */
export async function forgetDevices(db: Kysely<Database>, personKey: Buffer): Promise<void> {
  await db.deleteFrom('known_device').where('person_key', '=', personKey).execute();
}

/** The same at the person's wish, with its audit event when there was one. */
export async function forgetDevicesByWish(db: Kysely<Database>, personKey: Buffer, at: Date): Promise<void> {
  await sql`
    with forgotten as (delete from known_device where person_key = ${personKey} returning 1)
    insert into audit_event (${auditColumns})
    select ${auditValues(personKey, at, 'devices-forgotten')} where exists (select from forgotten)`.execute(
    db,
  );
}
