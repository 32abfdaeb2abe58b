import { hash } from 'node:crypto';
import { type Compilable, type Kysely, sql } from 'kysely';
import { presentedDevice } from '#src/credentials/known-devices.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import {
  type RoutedToken,
  readRoutedToken,
  secretBytes,
  writeRoutedToken,
} from '#src/crypto/routed-token.ts';
import type { Database } from '#src/database/tables.ts';

const use = 'offline-choice';

/** A person’s choice that one known browser may keep the pages it shows, to be read without a network. */
export interface OfflineChoice {
  readonly personKey: Buffer;
  /** Names the choice to the browser: new for each, and says nothing about anybody. */
  readonly id: string;
  readonly until: Date;
}

function choiceHash({ personKey, secret }: RoutedToken): Buffer {
  return hash('sha256', Buffer.concat([personKey, secret]), 'buffer');
}

/**
 * Makes the choice for a known browser (`device`: its cookie) and returns its token; changes no row where the browser is
 * not known.
 */
export function choosingOffline(
  db: Kysely<Database>,
  { keyring, random }: { readonly keyring: Keyring; readonly random: Random },
  personKey: Buffer,
  device: string,
  { now, until }: { readonly now: Date; readonly until: Date },
): { readonly write: Compilable; readonly token: string } {
  const chosen = { version: keyring.current, personKey, secret: random.bytes(secretBytes) };
  const write = db
    .updateTable('known_device')
    .set({ offline_hash: choiceHash(chosen), offline_until: until })
    .where('person_key', '=', personKey)
    .where(sql<boolean>`token_hash = any(${[...presentedDevice([personKey], device).devices]}::bytea[])`)
    .where('expires_at', '>', now);
  return { write, token: writeRoutedToken(keyring, use, chosen) };
}

/** Ends the choice of a token; null for a token that is not ours. Changes no row where it is over. */
export function endingOffline(db: Kysely<Database>, keyring: Keyring, token: string): Compilable | null {
  const chosen = readRoutedToken(keyring, use, token);
  if (!chosen) return null;
  return db
    .updateTable('known_device')
    .set({ offline_hash: null, offline_until: null })
    .where('person_key', '=', chosen.personKey)
    .where('offline_hash', '=', choiceHash(chosen));
}

/**
 * The choice of a token; null once it is over: ended, expired, or gone with the known browser, as when the password
 * changes or the account is blocked. One query, none for a token that is not ours.
 */
export async function findOfflineChoice(
  db: Kysely<Database>,
  keyring: Keyring,
  token: string,
  now: Date,
): Promise<OfflineChoice | null> {
  const chosen = readRoutedToken(keyring, use, token);
  if (!chosen) return null;
  const { personKey } = chosen;
  const row = await db
    .selectFrom('known_device')
    .select(['offline_hash', 'offline_until'])
    .where('person_key', '=', personKey)
    .where('offline_hash', '=', choiceHash(chosen))
    .where('offline_until', '>', now)
    .executeTakeFirst();
  if (!row?.offline_hash || !row.offline_until) return null;
  return { personKey, id: row.offline_hash.toString('hex').slice(0, 16), until: row.offline_until };
}
