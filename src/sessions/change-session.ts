import type { Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { secretBytes } from '#src/crypto/routed-token.ts';
import type { Database } from '#src/database/tables.ts';
import { sessionMac } from '#src/sessions/row.ts';
import type { Power, Session } from '#src/sessions/session.ts';
import { type Carrier, onceSecret, type Token, tokenHash, writeToken } from '#src/sessions/token.ts';

/** A session to begin: for a person who entered their identity, brought a proof, or signed in. */
export interface BeginningSession {
  readonly personKey: Buffer;
  readonly power: Power;
  readonly carrier: Carrier;
  readonly idleMinutes: number;
  readonly expiresAt: Date;
  /** The session that the browser or program presented: it ends. */
  readonly older: Held | null;
  /**
   * A digest of the request, where it consumes what it carries (a code): sent again, it finds the session that it opened
   * (`findOnce`). Otherwise the token is random.
   */
  readonly once?: Buffer;
}

/** A session to continue: with another power, after a proof or a password, or only for longer. */
export interface ContinuedSession {
  readonly session: Session;
  /** Unchanged by default. */
  readonly power?: Power;
  /** Which other sessions of the person end with the change. */
  readonly others?: 'none' | 'waiting' | 'all';
}

/** The key of a session in the database. */
export type Held = Pick<Session, 'personKey' | 'tokenHash'>;

/** The new token of a session: available only now, to be sent with the answer. */
export interface IssuedToken {
  readonly token: string;
  readonly maxAgeSeconds: number;
}

/** Begins a session under a token of its own. Always called in a transaction. */
export async function beginSession(
  trx: Kysely<Database>,
  { keyring, random }: { readonly keyring: Keyring; readonly random: Random },
  { older, once, ...session }: BeginningSession,
  now: Date,
): Promise<IssuedToken> {
  if (older) await endSession(trx, older);
  const secret = once
    ? onceSecret(keyring, keyring.current, session.personKey, once)
    : random.bytes(secretBytes);
  return issue(trx, keyring, { ...session, createdAt: now, secret }, now);
}

/**
 * Continues a session with its new power, or for longer. Always called in a transaction.
 *
 * Null, and nothing changed, when it has ended or another request has continued it first (`findNext` finds its successor
 * for a byte-identical request).
 */
export async function continueSession(
  trx: Kysely<Database>,
  { keyring }: { readonly keyring: Keyring },
  { session, power = session.power, others = 'none' }: ContinuedSession,
  now: Date,
): Promise<IssuedToken | null> {
  if (!(await endSession(trx, session))) return null;
  if (others !== 'none')
    await endSessionsOf(trx, session.personKey, others === 'all' ? {} : { only: others });
  return issue(trx, keyring, { ...session, power, secret: session.next() }, now);
}

interface Issue extends Omit<BeginningSession, 'older' | 'once'> {
  readonly createdAt: Date;
  readonly secret: Buffer;
}

/**
 * The only place that writes what a session may do. It always inserts another row, under a new token; the older row is
 * deleted by the same transaction, which also writes the reason for the change: a token kept from before gives no access
 * to what was gained since.
 */
async function issue(
  trx: Kysely<Database>,
  keyring: Keyring,
  { personKey, carrier, power, idleMinutes, expiresAt, createdAt, secret }: Issue,
  now: Date,
): Promise<IssuedToken> {
  const version = keyring.current;
  const token = { carrier, version, personKey, secret };
  const row = {
    person_key: personKey,
    token_hash: tokenHash(keyring, token),
    kind: power.kind,
    dossier_id: power.kind === 'enrolment' ? power.dossierId : null,
    created_at: createdAt,
    issued_at: now,
    idle_minutes: idleMinutes,
    expires_at: expiresAt,
  };
  await trx
    .insertInto('session')
    .values({ ...row, seen_at: now, mac: sessionMac(keyring, version, row) })
    .execute();
  return issuedToken(keyring, token, expiresAt, now);
}

export function issuedToken(keyring: Keyring, token: Token, expiresAt: Date, now: Date): IssuedToken {
  const maxAgeSeconds = Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / 1000));
  return { token: writeToken(keyring, token), maxAgeSeconds };
}

/** Keeps a session from ending or changing until the end of the caller’s transaction; false when it has. */
export async function holdSession(trx: Kysely<Database>, { personKey, tokenHash }: Held): Promise<boolean> {
  const held = await trx
    .selectFrom('session')
    .select('kind')
    .where('person_key', '=', personKey)
    .where('token_hash', '=', tokenHash)
    .forUpdate()
    .executeTakeFirst();
  return held !== undefined;
}

/** Ends a session; false when it had ended already. */
export async function endSession(db: Kysely<Database>, { personKey, tokenHash }: Held): Promise<boolean> {
  const ended = await db
    .deleteFrom('session')
    .where('person_key', '=', personKey)
    .where('token_hash', '=', tokenHash)
    .returning('kind')
    .executeTakeFirst();
  return ended !== undefined;
}

/** Ends the sessions of a person: all, the waiting ones, or all but one. */
export async function endSessionsOf(
  db: Kysely<Database>,
  personKey: Buffer,
  { only, but }: { readonly only?: 'waiting'; readonly but?: Buffer | null } = {},
): Promise<void> {
  let ended = db.deleteFrom('session').where('person_key', '=', personKey);
  if (only) ended = ended.where('kind', '=', only);
  if (but) ended = ended.where('token_hash', '<>', but);
  await ended.execute();
}
