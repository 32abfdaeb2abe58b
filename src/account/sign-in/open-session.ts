import { type Kysely, sql } from 'kysely';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import type { Database } from '#src/database/tables.ts';
import type { Session } from '#src/web/session.ts';

export interface NewSession {
  readonly personKey: Buffer;
  /** The status and the hash by which the person signed in: nothing is opened when they are no longer so. */
  readonly status: 'pending' | 'active';
  readonly passwordHash: string;
  /** The same password hashed at today's cost, when it was not. */
  readonly newHash: string | null;
  readonly tokenHash: Buffer;
  readonly idleMinutes: number;
  readonly expiresAt: Date;
  /** What the browser came with: it ends. */
  readonly older: Session | null;
  /** Told to the audit, where it was not by the password. */
  readonly by?: 'franceconnect';
}

/** Opens the session of somebody who signed in, with its audit event. False when the account changed meanwhile. */
export async function openSession(db: Kysely<Database>, made: NewSession, at: Date): Promise<boolean> {
  const { personKey, older } = made;
  const kind = made.status === 'active' ? 'account' : 'waiting';
  const { rows } = await sql`
    with known as (
      select person_key from account
      where person_key = ${personKey} and password_hash = ${made.passwordHash} and status = ${made.status}
      for update
    ), replaced as (
      delete from session where exists (select from known)
        and person_key = ${older?.personKey ?? null} and token_hash = ${older?.tokenHash ?? null}
    ), used as (
      update account set last_used_at = ${at}, unused_warned_at = null,
        password_hash = coalesce(${made.newHash}::text, account.password_hash)
      from known where account.person_key = known.person_key
    ), opened as (
      insert into session (person_key, token_hash, kind, created_at, seen_at, idle_minutes, expires_at)
      select person_key, ${made.tokenHash}::bytea, ${kind}::text, ${at}::timestamptz, ${at}::timestamptz,
        ${made.idleMinutes}::integer, ${made.expiresAt}::timestamptz from known
    )
    insert into audit_event (${auditColumns})
    select ${auditValues(personKey, at, 'signed-in', { kind, ...(made.by ? { by: made.by } : {}) })} from known
    returning seq`.execute(db);
  return rows.length > 0;
}
