import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { secretBytes } from '#src/crypto/routed-token.ts';
import { also, atOnce, required, type Write } from '#src/database/at-once.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database, SessionTable } from '#src/database/tables.ts';
import { isOf, type Whose } from '#src/database/whose.ts';
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

/** What gives a session a new token: writes to be run at once, with what they are for. */
export interface Issuing {
  readonly writes: readonly Write[];
  readonly issued: IssuedToken;
}

/** Begins a session under a token of its own. */
export function beginningSession(
  { keyring, random }: { readonly keyring: Keyring; readonly random: Random },
  { older, once, ...session }: BeginningSession,
  now: Date,
): Issuing {
  const secret = once
    ? onceSecret(keyring, keyring.current, session.personKey, once)
    : random.bytes(secretBytes);
  const { row, issued } = issue(keyring, { ...session, createdAt: now, secret }, now);
  const ended = older ? [also(endingSession(older))] : [];
  return { writes: [...ended, also(insertingSession(row))], issued };
}

/**
 * Continues a session with its new power, or for longer. Required: nothing is written when it has ended or another
 * request has continued it first (`findNext` finds its successor for a byte-identical request).
 */
export function continuingSession(
  db: Kysely<Database>,
  { keyring }: { readonly keyring: Keyring },
  { session, power = session.power, others = 'none' }: ContinuedSession,
  now: Date,
): Issuing {
  const { personKey, tokenHash: but } = session;
  const { row, issued } = issue(keyring, { ...session, power, secret: session.next() }, now);
  const only = others === 'waiting' ? { only: others, but } : { but };
  const ended = others === 'none' ? [] : [also(endingSessionsOf(db, personKey, only))];
  return {
    writes: [required(endingSession(session)), ...ended, also(insertingSession(row))],
    issued,
  };
}

/** Runs `continuingSession`; null when nothing was written. In a transaction, it must then be rolled back. */
export async function continueSession(
  db: Kysely<Database>,
  needs: { readonly keyring: Keyring },
  session: ContinuedSession,
  now: Date,
): Promise<IssuedToken | null> {
  const { writes, issued } = continuingSession(db, needs, session, now);
  return (await atOnce(db, writes)) ? issued : null;
}

interface Issue extends Omit<BeginningSession, 'older' | 'once'> {
  readonly createdAt: Date;
  readonly secret: Buffer;
}

/** What a session may do, signed, under a new token. */
function issue(
  keyring: Keyring,
  { personKey, carrier, power, idleMinutes, expiresAt, createdAt, secret }: Issue,
  now: Date,
) {
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
  const signed = { ...row, seen_at: now, mac: sessionMac(keyring, version, row) };
  return { row: signed, issued: issuedToken(keyring, token, expiresAt, now) };
}

const insertion = `
  insert into session (person_key, token_hash, kind, dossier_id, created_at, issued_at, seen_at, idle_minutes,
    expires_at, mac)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/**
 * The only statement that writes what a session may do. It always inserts another row, under a new token; the older row
 * is deleted together with it, and with the reason for the change: a token kept from before gives no access to what was
 * gained since.
 */
function insertingSession(row: SessionTable): CompiledQuery {
  return prepared(insertion, [
    row.person_key,
    row.token_hash,
    row.kind,
    row.dossier_id,
    row.created_at,
    row.issued_at,
    row.seen_at,
    row.idle_minutes,
    row.expires_at,
    row.mac,
  ]);
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

/** Ends a session: no row changes when it had ended already. */
export function endingSession({ personKey, tokenHash }: Held): CompiledQuery {
  return prepared('delete from session where person_key = $1 and token_hash = $2', [personKey, tokenHash]);
}

/**
 * Ends a session because its person leaves, at once with `besides`: also where another request continues it at this moment,
 * under a new token. False, with nothing written, when it has ended already.
 */
export async function leaveSession(
  db: Kysely<Database>,
  session: Pick<Session, 'personKey' | 'tokenHash' | 'createdAt'>,
  besides: readonly Write[],
): Promise<boolean> {
  for (const ending of [endingSession(session), endingContinued(session)])
    if (await atOnce(db, [required(ending), ...besides])) return true;
  return false;
}

/** Ends what a session that has ended became: the same visit, under a new token. */
function endingContinued({ personKey, createdAt }: Pick<Session, 'personKey' | 'createdAt'>): CompiledQuery {
  return prepared('delete from session where person_key = $1 and created_at = $2', [personKey, createdAt]);
}

/** Runs `endingSession`; false when it had ended already. */
export async function endSession(db: Kysely<Database>, session: Held): Promise<boolean> {
  const { numAffectedRows } = await db.executeQuery(endingSession(session));
  return numAffectedRows === 1n;
}

interface SessionsOf {
  readonly only?: 'waiting';
  readonly but?: Buffer | null;
}

/** Ends sessions: all, the waiting ones, or all but one. */
export function endingSessionsOf(
  db: Kysely<Database>,
  whose: Whose,
  { only, but }: SessionsOf = {},
): Compilable {
  let ended = db.deleteFrom('session').where(isOf(whose));
  if (only) ended = ended.where('kind', '=', only);
  if (but) ended = ended.where('token_hash', '<>', but);
  return ended;
}

/** Runs `endingSessionsOf`. */
export async function endSessionsOf(
  db: Kysely<Database>,
  whose: Whose,
  which: SessionsOf = {},
): Promise<void> {
  await db.executeQuery(endingSessionsOf(db, whose, which).compile());
}
