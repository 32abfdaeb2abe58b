import { hash } from 'node:crypto';
import { CompiledQuery, type Kysely } from 'kysely';
import { type Account, type Contact, openContact } from '#src/account/account.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type Dossier, openAnswers } from '#src/enrolment/dossier.ts';
import type { Random } from '#src/random.ts';
import type { Language } from '#src/texts/language.ts';

/**
 * Who is at the other end, found by an opaque cookie of which only the SHA-256 is stored.
 *
 * `enrolment`: fills in a dossier; `waiting`: has an account whose address is not confirmed yet;
 * `account`: signed in.
 */
export interface Session {
  readonly kind: 'enrolment' | 'waiting' | 'account';
  readonly personKey: Buffer;
  readonly tokenHash: Buffer;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly endsAt: Date;
  /** Later than `endsAt` when the session can still be extended. */
  readonly expiresAt: Date;
  readonly dossier: Dossier | null;
  /** The person's account, live or not, whatever the session is for. */
  readonly account: Account | null;
}

export function newSessionToken(random: Random): string {
  return random.bytes(32).toString('base64url');
}

export function tokenHash(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** Compiled once: most requests begin with it. */
const sessionQuery = `
  select s.kind, s.person_key, s.token_hash, s.created_at, s.seen_at, s.idle_minutes, s.expires_at,
    d.id as dossier_id, d.version, d.answers, d.support_code,
    a.status, a.password_hash, a.contact, a.email_key, a.language, a.caisse_code, a.created_at as account_created_at,
    a.link_dead_at, a.pending_until, a.password_changed_at
  from session s
  left join dossier d on d.person_key = s.person_key and d.id = s.dossier_id and d.closed_at is null
  left join account a on a.person_key = s.person_key
  where s.token_hash = $1 and s.expires_at > $2`;

/** The session of a cookie with its dossier and account: one query; null when unknown or over. */
export async function findSession(
  db: Kysely<Database>,
  keyring: Keyring,
  token: string,
  now: Date,
): Promise<Session | null> {
  return findSessionStored(db, keyring, tokenHash(token), now);
}

/** The session of which this is stored, as `findSession`. */
export async function findSessionStored(
  db: Kysely<Database>,
  keyring: Keyring,
  stored: Buffer,
  now: Date,
): Promise<Session | null> {
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(sessionQuery, [stored, now]));
  const row = rows[0];
  if (!row) return null;
  const idleEnd = new Date(row.seen_at.getTime() + row.idle_minutes * 60_000);
  const endsAt = idleEnd < row.expires_at ? idleEnd : row.expires_at;
  if (endsAt <= now) return null;
  return {
    kind: row.kind,
    personKey: row.person_key,
    tokenHash: row.token_hash,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    endsAt,
    expiresAt: row.expires_at,
    dossier: dossierOf(keyring, row),
    account: accountOf(keyring, row),
  };
}

/** A session that was seen this recently is not written again. */
const touchEveryMs = 60_000;

/** Notes that the person is still there, unless that was noted a moment ago. */
export async function noteSeen(db: Kysely<Database>, session: Session, now: Date): Promise<void> {
  if (now.getTime() - session.seenAt.getTime() > touchEveryMs) await touchSession(db, session, now);
}

/** Notes that the person is still there. */
export async function touchSession(db: Kysely<Database>, session: Session, now: Date): Promise<void> {
  await db
    .updateTable('session')
    .set({ seen_at: now })
    .where('person_key', '=', session.personKey)
    .where('token_hash', '=', session.tokenHash)
    .execute();
}

interface Row {
  kind: Session['kind'];
  person_key: Buffer;
  token_hash: Buffer;
  created_at: Date;
  seen_at: Date;
  idle_minutes: number;
  expires_at: Date;
  dossier_id: string | null;
  version: number | null;
  answers: Buffer | null;
  support_code: string | null;
  status: Account['status'] | null;
  password_hash: string | null;
  contact: Buffer | null;
  email_key: Buffer | null;
  language: Language | null;
  caisse_code: string | null;
  account_created_at: Date | null;
  link_dead_at: Date | null;
  pending_until: Date | null;
  password_changed_at: Date | null;
}

function dossierOf(keyring: Keyring, row: Row): Dossier | null {
  const { person_key: personKey, dossier_id: id, version, answers, support_code: supportCode } = row;
  if (id === null || version === null || answers === null || supportCode === null) return null;
  return { personKey, id, version, supportCode, answers: openAnswers(keyring, personKey, id, answers) };
}

function accountOf(keyring: Keyring, row: Row): Account | null {
  const { status, password_hash, contact, email_key, account_created_at, link_dead_at, pending_until } = row;
  if (!status || !password_hash || !contact || !email_key || !account_created_at) return null;
  if (!link_dead_at || !pending_until || !row.password_changed_at || !row.language) return null;
  let opened: Contact | undefined;
  return {
    personKey: row.person_key,
    status,
    passwordHash: password_hash,
    get contact() {
      opened ??= openContact(keyring, row.person_key, contact);
      return opened;
    },
    emailKey: email_key,
    language: row.language,
    caisseCode: row.caisse_code,
    createdAt: account_created_at,
    linkDeadAt: link_dead_at,
    pendingUntil: pending_until,
    passwordChangedAt: row.password_changed_at,
  };
}
