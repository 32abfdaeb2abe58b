import { type Kysely, sql } from 'kysely';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { type RememberedDevice, storeDevice } from '#src/credentials/known-devices.ts';
import {
  findPassword,
  isUnchanged,
  notePasswordUsed,
  type PasswordCredential,
} from '#src/credentials/password.ts';
import type { Database } from '#src/database/tables.ts';
import { endConsecutiveSignInFailures } from '#src/limits/forget-failures.ts';
import type { Services } from '#src/services.ts';
import { beginSession, type IssuedToken } from '#src/sessions/change-session.ts';
import { sessionLife } from '#src/sessions/life.ts';
import type { Session } from '#src/sessions/session.ts';

export interface SignIn {
  readonly personKey: Buffer;
  /** What the account was when its person proved to be it: nothing is opened when it is no longer so. */
  readonly status: 'pending' | 'active';
  /** The password by which they did, if it was one. */
  readonly password: PasswordCredential | null;
  /** The same password hashed at today's cost, when it was not. */
  readonly rehashed: string | null;
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

/** Whether the account is still as it was: kept so until the end of the transaction, and noted as used. */
async function enter(trx: Kysely<Database>, made: SignIn, kind: string, at: Date): Promise<boolean> {
  const { personKey, status, password, ends = null } = made;
  const held = await trx
    .selectFrom('account')
    .select('status')
    .where('person_key', '=', personKey)
    .where('status', '=', status)
    .forUpdate()
    .executeTakeFirst();
  if (!held) return false;
  if (password) {
    if (!isUnchanged(await findPassword(trx, personKey), password)) return false;
    await notePasswordUsed(trx, password, made.rehashed, at);
  }
  await trx
    .updateTable('account')
    .set({ last_used_at: at, unused_warned_at: null })
    .where('person_key', '=', personKey)
    .execute();
  if (ends) await endConsecutiveSignInFailures(trx, ends);
  await sql`
    insert into audit_event (${auditColumns})
    select ${auditValues(personKey, at, 'signed-in', { kind, ...(made.by ? { by: made.by } : {}) })}`.execute(
    trx,
  );
  return true;
}
