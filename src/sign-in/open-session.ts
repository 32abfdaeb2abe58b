import { type Kysely, sql } from 'kysely';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { type RememberedDevice, storeDevice } from '#src/credentials/known-devices.ts';
import type { Database } from '#src/database/tables.ts';
import type { Services } from '#src/services.ts';
import { beginSession, type IssuedToken } from '#src/sessions/change-session.ts';
import { sessionLife } from '#src/sessions/life.ts';
import type { Session } from '#src/sessions/session.ts';

export interface SignIn {
  readonly personKey: Buffer;
  /** The status and the hash by which the person signed in: nothing is opened when they are no longer so. */
  readonly status: 'pending' | 'active';
  readonly passwordHash: string;
  /** The same password hashed at today's cost, when it was not. */
  readonly newHash: string | null;
  /** How long the session lives at most, where that is less than the policy’s. */
  readonly mostMinutes?: number;
  /** What the browser came with: it ends. */
  readonly older: Session | null;
  /** The browser, to be known from now on. */
  readonly device?: RememberedDevice;
  /** As whom failures are counted that this sign-in ends: the failures stay, they no longer follow each other. */
  readonly ends?: Buffer;
  /** Told to the audit, where it was not by the password. */
  readonly by?: 'franceconnect';
}

/**
 * Opens the session of somebody who signed in, with its audit event: to the account, or to the page where a pending one
 * waits. Null when the account changed meanwhile.
 */
export async function openSession(
  { db, keyring, random, policy }: Pick<Services, 'db' | 'keyring' | 'random' | 'policy'>,
  made: SignIn,
  at: Date,
): Promise<IssuedToken | null> {
  const { personKey, older, mostMinutes } = made;
  const kind = made.status === 'active' ? 'account' : 'waiting';
  return db.transaction().execute(async (trx) => {
    if (!(await enter(trx, made, kind, at))) return null;
    if (made.device) await storeDevice(trx, personKey, made.device, at);
    const life = sessionLife(policy, kind, at, mostMinutes);
    const begun = { personKey, power: { kind }, carrier: 'cookie', older, ...life } as const;
    return beginSession(trx, { keyring, random }, begun, at);
  });
}

async function enter(db: Kysely<Database>, made: SignIn, kind: string, at: Date): Promise<boolean> {
  const { personKey } = made;
  const { rows } = await sql`
    with known as (
      select person_key from account
      where person_key = ${personKey} and password_hash = ${made.passwordHash} and status = ${made.status}
      for update
    ), used as (
      update account set last_used_at = ${at}, unused_warned_at = null,
        password_hash = coalesce(${made.newHash}::text, account.password_hash)
      from known where account.person_key = known.person_key
    ), ended as (
      update attempt set consecutive = 0
      where exists (select from known) and kind = 'sign-in' and subject = ${made.ends ?? null}
    )
    insert into audit_event (${auditColumns})
    select ${auditValues(personKey, at, 'signed-in', { kind, ...(made.by ? { by: made.by } : {}) })} from known
    returning seq`.execute(db);
  return rows.length > 0;
}
