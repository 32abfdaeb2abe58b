import type { Kysely } from 'kysely';
import { noteSignedIn } from '#src/accounts/change-status.ts';
import { isLinked } from '#src/accounts/franceconnect-link.ts';
import { record } from '#src/audit/record.ts';
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
import { signedInEvent } from '#src/sign-in/events.ts';

/** Evidence that somebody owns an account. It was judged before; here it only has to be still valid. */
export type Evidence =
  | {
      readonly kind: 'password';
      /** As `judgePassword` accepted it. */
      readonly password: PasswordCredential;
      /** The same password hashed at the present cost, where it was not. */
      readonly rehashed: string | null;
      /** The browser where it was typed, which becomes a known one if the account opens. */
      readonly device: RememberedDevice;
      /** The person whose consecutive failures are reset; null when those of others still count. */
      readonly endsFailuresOf: Buffer | null;
    }
  /** A FranceConnect subject, by its keys under every key version. */
  | { readonly kind: 'franceconnect'; readonly subjects: readonly Buffer[] };

/** A second factor, required after the first evidence. None is offered yet. */
type SecondFactor = never;

export type SignInOutcome =
  | { readonly kind: 'session'; readonly opens: 'account' | 'waiting'; readonly issued: IssuedToken }
  | { readonly kind: 'challenge'; readonly factor: SecondFactor }
  /**
   * `deceased`: the account was closed because its person died; `not-open`: there is no account that can be entered;
   * `evidence-over`: the evidence is not (or no longer) valid for it.
   */
  | { readonly kind: 'refusal'; readonly reason: 'deceased' | 'not-open' | 'evidence-over' };

/**
 * The only way to sign in. A password, or an identity proved by FranceConnect, is judged and counted against the limits
 * where it arrives, and passed here as evidence. In one transaction this function locks the account, checks that the
 * evidence is still valid for it, and begins the session: to the account, or to the waiting page of a pending one.
 * `older`, the session that the browser presented, ends.
 *
 * A second factor will come between the evidence and the session: for an account that has one, the outcome is a
 * `challenge` and no session begins. The type makes every caller handle it.
 *
 * A provisional code is no evidence: it proves an identity to create an account, never to enter one (`useCode`).
 */
export async function signIn(
  { db, keyring, random, policy }: Pick<Services, 'db' | 'keyring' | 'random' | 'policy'>,
  personKey: Buffer,
  evidence: Evidence,
  { older, now }: { readonly older: Session | null; readonly now: Date },
): Promise<SignInOutcome> {
  return db.transaction().execute(async (trx): Promise<SignInOutcome> => {
    const opens = await lockForSignIn(trx, personKey, now);
    if (opens === 'not-open') return { kind: 'refusal', reason: opens };
    if (!(await isStillValid(trx, personKey, evidence))) return { kind: 'refusal', reason: 'evidence-over' };
    if (opens === 'deceased') return { kind: 'refusal', reason: opens };
    // The second factor of an account will be required here, before anything is written.
    await noteEvidenceUsed(trx, personKey, evidence, opens, now);
    await noteSignedIn(trx, personKey, now);
    const mostMinutes = evidence.kind === 'franceconnect' ? policy.franceConnect.sessionMinutes : undefined;
    const life = sessionLife(policy, opens, now, mostMinutes);
    const begun = { personKey, power: { kind: opens }, carrier: 'cookie', older, ...life } as const;
    const issued = await beginSession(trx, { keyring, random }, begun, now);
    const by = evidence.kind === 'franceconnect' ? { by: evidence.kind } : {};
    await record(trx, signedInEvent, {
      person: personKey,
      actor: { kind: 'person' },
      at: now,
      details: { kind: opens, ...by },
    });
    return { kind: 'session', opens, issued };
  });
}

/** Locks the account until the end of the transaction, and says what the sign-in may open. */
async function lockForSignIn(
  trx: Kysely<Database>,
  personKey: Buffer,
  now: Date,
): Promise<'account' | 'waiting' | 'deceased' | 'not-open'> {
  const account = await trx
    .selectFrom('account')
    .select(['status', 'pending_until', 'closed_for'])
    .where('person_key', '=', personKey)
    .forUpdate()
    .executeTakeFirst();
  if (account?.closed_for === 'deceased') return 'deceased';
  if (account?.status === 'active') return 'account';
  return account?.status === 'pending' && account.pending_until > now ? 'waiting' : 'not-open';
}

async function isStillValid(trx: Kysely<Database>, personKey: Buffer, evidence: Evidence): Promise<boolean> {
  switch (evidence.kind) {
    case 'password':
      return isUnchanged(await findPassword(trx, personKey), evidence.password);
    case 'franceconnect':
      return isLinked(trx, personKey, evidence.subjects);
  }
}

async function noteEvidenceUsed(
  trx: Kysely<Database>,
  personKey: Buffer,
  evidence: Evidence,
  opens: 'account' | 'waiting',
  now: Date,
): Promise<void> {
  if (evidence.kind !== 'password') return;
  const { password, rehashed, device, endsFailuresOf } = evidence;
  await notePasswordUsed(trx, password, rehashed, now);
  if (opens === 'account') await storeDevice(trx, personKey, device, now);
  if (endsFailuresOf) await endConsecutiveSignInFailures(trx, endsFailuresOf);
}
