import type { Kysely } from 'kysely';
import { type Account, accountOf } from '#src/accounts/account.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database, SessionTable } from '#src/database/tables.ts';
import { type Dossier, openAnswers } from '#src/dossiers/dossier.ts';
import { isIntact } from '#src/sessions/row.ts';
import { type Carrier, nextSecret, readToken, type Token, tokenHash } from '#src/sessions/token.ts';
import type { Language } from '#src/texts/language.ts';

/** What a session may do: fill in a dossier, wait for an address to be confirmed, everything of an account. */
export type Power =
  | { readonly kind: 'enrolment'; readonly dossierId: string }
  | { readonly kind: 'waiting' | 'account' };

/**
 * Who is at the other end, found by an opaque token of which only a keyed fingerprint is stored.
 *
 * `enrolment`: fills in a dossier; `waiting`: has an account whose address is not confirmed yet;
 * `account`: signed in.
 */
export interface Session {
  readonly kind: Power['kind'];
  readonly power: Power;
  readonly carrier: Carrier;
  readonly personKey: Buffer;
  readonly tokenHash: Buffer;
  /** The secret of the token that this session continues under, if this request changes it. */
  readonly next: () => Buffer;
  /** When the person’s visit began; the token may be younger. */
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly idleMinutes: number;
  readonly endsAt: Date;
  /** Later than `endsAt` when the session can still be extended. */
  readonly expiresAt: Date;
  readonly dossier: Dossier | null;
  /** The person's account, live or not, whatever the session is for. */
  readonly account: Account | null;
}

/** Prepared once: most requests begin with it. It reads the rows of one person only. */
const sessionQuery = `
  select s.kind, s.dossier_id, s.created_at, s.issued_at, s.seen_at, s.idle_minutes, s.expires_at, s.mac,
    d.version, d.answers, d.support_code,
    a.status, a.contact, a.email_key, a.language, a.caisse_code, a.created_at as account_created_at,
    a.link_dead_at, a.pending_until, a.closed_for, a.left_since, a.kept_until
  from session s
  left join dossier d on d.person_key = s.person_key and d.id = s.dossier_id and d.closed_at is null
  left join account a on a.person_key = s.person_key
  where s.person_key = $1 and s.token_hash = $2`;

/** What a request carries: its token, and a digest of its content (`requestDigest`). */
export interface Presented {
  readonly carrier: Carrier;
  readonly token: string;
  readonly request: () => Buffer;
}

/** The session of a token with its dossier and account: one query; null when unknown, edited or over. */
export async function findSession(
  db: Kysely<Database>,
  keyring: Keyring,
  { carrier, token, request }: Presented,
  now: Date,
): Promise<Session | null> {
  const read = readToken(keyring, carrier, token);
  const found = read && (await findStored(db, keyring, read, request, now));
  return found?.session ?? null;
}

/** A session as stored, and since when it has had its present token. */
export interface StoredSession {
  readonly session: Session;
  readonly issuedAt: Date;
}

/**
 * The session that is stored under a token, with its dossier and account; null when unknown, edited or over. One that is
 * over is deleted.
 */
export async function findStored(
  db: Kysely<Database>,
  keyring: Keyring,
  token: Token,
  request: () => Buffer,
  now: Date,
): Promise<StoredSession | null> {
  const held = { person_key: token.personKey, token_hash: tokenHash(keyring, token) };
  const { rows } = await db.executeQuery(prepared<ReadRow>(sessionQuery, [held.person_key, held.token_hash]));
  if (!rows[0]) return null;
  const row = { ...rows[0], ...held };
  if (!isIntact(keyring, token.version, row)) return null;
  const { kind, dossier_id: dossierId } = row;
  const endsAt = endOf({ seenAt: row.seen_at, idleMinutes: row.idle_minutes, expiresAt: row.expires_at });
  if (endsAt <= now) {
    // Its person was told that it has ended: a clock that goes back does not bring it back.
    await db
      .deleteFrom('session')
      .where('person_key', '=', held.person_key)
      .where('token_hash', '=', held.token_hash)
      .execute();
    return null;
  }
  const session = {
    kind,
    power: kind === 'enrolment' ? { kind, dossierId: dossierId ?? '' } : { kind },
    carrier: token.carrier,
    personKey: row.person_key,
    tokenHash: row.token_hash,
    next: () => nextSecret(keyring, token, request()),
    createdAt: row.created_at,
    seenAt: row.seen_at,
    idleMinutes: row.idle_minutes,
    endsAt,
    expiresAt: row.expires_at,
    dossier: dossierOf(keyring, row),
    account: accountIn(keyring, row),
  } as const;
  return { session, issuedAt: row.issued_at };
}

/** `seen_at` is not written again within this time. */
const touchEveryMs = 60_000;

/** Notes that the person is still active, unless that was noted a moment ago: the session as it is now. */
export async function noteSeen(db: Kysely<Database>, session: Session, now: Date): Promise<Session> {
  if (now.getTime() - session.seenAt.getTime() <= touchEveryMs) return session;
  await db
    .updateTable('session')
    .set({ seen_at: now })
    .where('person_key', '=', session.personKey)
    .where('token_hash', '=', session.tokenHash)
    .execute();
  return { ...session, seenAt: now, endsAt: endOf({ ...session, seenAt: now }) };
}

/** When a session ends if nothing more happens. */
function endOf({
  seenAt,
  idleMinutes,
  expiresAt,
}: Pick<Session, 'seenAt' | 'idleMinutes' | 'expiresAt'>): Date {
  const idleEnd = new Date(seenAt.getTime() + idleMinutes * 60_000);
  return idleEnd < expiresAt ? idleEnd : expiresAt;
}

/** What the query reads: what it finds the row by is known. */
type ReadRow = Omit<Row, 'person_key' | 'token_hash'>;

interface Row extends SessionTable {
  version: number | null;
  answers: Buffer | null;
  support_code: string | null;
  status: Account['status'] | null;
  contact: Buffer | null;
  email_key: Buffer | null;
  language: Language | null;
  caisse_code: string | null;
  account_created_at: Date | null;
  link_dead_at: Date | null;
  pending_until: Date | null;
  closed_for: Account['closedFor'];
  left_since: Date | null;
  kept_until: Date | null;
}

function dossierOf(keyring: Keyring, row: Row): Dossier | null {
  const { person_key: personKey, dossier_id: id, version, answers, support_code: supportCode } = row;
  if (id === null || version === null || answers === null || supportCode === null) return null;
  return { personKey, id, version, supportCode, answers: openAnswers(keyring, personKey, id, answers) };
}

function accountIn(keyring: Keyring, row: Row): Account | null {
  const { status, contact, email_key, language, account_created_at, link_dead_at, pending_until } = row;
  if (!status || !contact || !email_key || !language) return null;
  if (!account_created_at || !link_dead_at || !pending_until) return null;
  const { person_key, caisse_code, closed_for, left_since, kept_until } = row;
  const created_at = account_created_at;
  return accountOf(keyring, {
    person_key,
    status,
    contact,
    email_key,
    language,
    caisse_code,
    created_at,
    link_dead_at,
    pending_until,
    closed_for,
    left_since,
    kept_until,
  });
}
