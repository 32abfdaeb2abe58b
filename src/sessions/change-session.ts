import type { Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { secretBytes } from '#src/crypto/routed-token.ts';
import type { Database } from '#src/database/tables.ts';
import { sessionMac } from '#src/sessions/row.ts';
import type { Session } from '#src/sessions/session.ts';
import { type Carrier, onceSecret, type Token, tokenHash, writeToken } from '#src/sessions/token.ts';

/** What a session may do: fill in a dossier, wait for an address to be confirmed, everything of an account. */
export type Power =
  | { readonly kind: 'enrolment'; readonly dossierId: string }
  | { readonly kind: 'waiting' | 'account' };

/** A session begins: somebody typed who they are, came with a proof, or signed in. */
export interface BeginningSession {
  readonly personKey: Buffer;
  readonly power: Power;
  readonly carrier: Carrier;
  readonly idleMinutes: number;
  readonly expiresAt: Date;
  /** What the browser or program came with: it ends. */
  readonly older: Held | null;
  /**
   * A digest of the request, where it uses up what it brings, as a code: sent again, it finds the session that it opened
   * (`findOnce`). Otherwise the token is drawn at random.
   */
  readonly once?: Buffer;
}

/** A session goes on: with another power, after a proof or a password, or only longer. */
export interface ContinuedSession {
  readonly session: Session;
  /** As before unless told. */
  readonly power?: Power;
  /** Which other sessions of the person end with the change. */
  readonly others?: 'none' | 'waiting' | 'all';
}

/** What names a session in the database. */
export type Held = Pick<Session, 'personKey' | 'tokenHash'>;

/** The token of a session as it is from now on: shown once, to be sent with the answer. */
export interface IssuedToken {
  readonly token: string;
  readonly maxAgeSeconds: number;
}

/** Begins a session under a token of its own. Always called in a transaction. */
export async function beginSession(
  trx: Kysely<Database>,
  { keyring, random }: { readonly keyring: Keyring; readonly random: Random },
  { older, once, ...session }: BeginningSession,
  at: Date,
): Promise<IssuedToken> {
  if (older) await endSession(trx, older);
  const secret = once
    ? onceSecret(keyring, keyring.current, session.personKey, once)
    : random.bytes(secretBytes);
  return issue(trx, keyring, { ...session, createdAt: at, secret }, at);
}

/**
 * Gives a session that goes on its new power, or more time. Always called in a transaction.
 *
 * Null, and nothing changed: it has ended, or went on by another request that was faster (`findNext` finds where, for
 * the very same request).
 */
export async function continueSession(
  trx: Kysely<Database>,
  { keyring }: { readonly keyring: Keyring },
  { session, power = session.power, others = 'none' }: ContinuedSession,
  at: Date,
): Promise<IssuedToken | null> {
  if (!(await endSession(trx, session))) return null;
  if (others !== 'none')
    await endSessionsOf(trx, session.personKey, others === 'all' ? {} : { only: others });
  return issue(trx, keyring, { ...session, power, secret: session.next }, at);
}

interface Issue extends Omit<BeginningSession, 'older' | 'once'> {
  readonly createdAt: Date;
  readonly secret: Buffer;
}

/**
 * The only place where what a session may do is written. It is always another row, under a new token; the older one is
 * gone by the same transaction, which also holds the reason of the change: a token that somebody kept from before
 * opens nothing of what was gained since.
 */
async function issue(
  trx: Kysely<Database>,
  keyring: Keyring,
  { personKey, carrier, power, idleMinutes, expiresAt, createdAt, secret }: Issue,
  at: Date,
): Promise<IssuedToken> {
  const version = keyring.current;
  const made = { carrier, version, personKey, secret };
  const row = {
    person_key: personKey,
    token_hash: tokenHash(keyring, made),
    kind: power.kind,
    dossier_id: power.kind === 'enrolment' ? power.dossierId : null,
    created_at: createdAt,
    issued_at: at,
    idle_minutes: idleMinutes,
    expires_at: expiresAt,
  };
  await trx
    .insertInto('session')
    .values({ ...row, seen_at: at, mac: sessionMac(keyring, version, row) })
    .execute();
  return issuedToken(keyring, made, expiresAt, at);
}

export function issuedToken(keyring: Keyring, token: Token, expiresAt: Date, at: Date): IssuedToken {
  const maxAgeSeconds = Math.max(0, Math.floor((expiresAt.getTime() - at.getTime()) / 1000));
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

/** Ends the sessions of a person: all, those that wait, or all but one. */
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
