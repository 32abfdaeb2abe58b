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

/** What somebody has shown to be the owner of an account, judged before: here it must only still hold. */
export type Evidence =
  | {
      readonly kind: 'password';
      /** As `judgePassword` accepted it. */
      readonly password: PasswordCredential;
      /** The same password hashed at today’s cost, where it was not. */
      readonly rehashed: string | null;
      /** The browser where it was typed, to be known from now on if it opens the account. */
      readonly device: RememberedDevice;
      /** The person whose failures in a row end with it; null: those of others go on. */
      readonly endsFailuresOf: Buffer | null;
    }
  /** A subject of FranceConnect, by every name that our keys give it. */
  | { readonly kind: 'franceconnect'; readonly subjects: readonly Buffer[] };

/** A second factor that is asked for after the first evidence. None is offered yet. */
type SecondFactor = never;

export type SignInOutcome =
  | { readonly kind: 'session'; readonly opens: 'account' | 'waiting'; readonly issued: IssuedToken }
  | { readonly kind: 'challenge'; readonly factor: SecondFactor }
  /**
   * `deceased`: the account was closed because its person died; `not-open`: there is none, or none that anybody may
   * enter; `evidence-over`: what was shown does not open it (any more).
   */
  | { readonly kind: 'refusal'; readonly reason: 'deceased' | 'not-open' | 'evidence-over' };

/**
 * The one way into an account. Whatever somebody shows (a password, the identity that FranceConnect vouches for), it is
 * judged where it arrives, counted against the limits there, and brought here as evidence. In one transaction this
 * function holds the account, makes sure that the evidence still opens it, and begins the session: to the account, or
 * to the page where a pending one waits. `older`, the session that the browser came with, ends.
 *
 * A second factor will stand between the evidence and the session: where an account has one, the outcome is a
 * `challenge` and no session begins. Every caller has to answer it, so that none can forget to ask.
 *
 * A provisional code is no evidence: it proves who somebody is to open an account, never to enter one (`useCode`).
 */
export async function signIn(
  { db, keyring, random, policy }: Pick<Services, 'db' | 'keyring' | 'random' | 'policy'>,
  personKey: Buffer,
  evidence: Evidence,
  { older, now }: { readonly older: Session | null; readonly now: Date },
): Promise<SignInOutcome> {
  return db.transaction().execute(async (trx): Promise<SignInOutcome> => {
    const opens = await holdOpen(trx, personKey, now);
    if (opens === 'not-open') return { kind: 'refusal', reason: opens };
    if (!(await stillHolds(trx, personKey, evidence))) return { kind: 'refusal', reason: 'evidence-over' };
    if (opens === 'deceased') return { kind: 'refusal', reason: opens };
    // Where an account has a second factor, it is asked for here, before anything is noted or opened.
    await noteEvidenceUsed(trx, personKey, evidence, opens, now);
    await noteSignedIn(trx, personKey, now);
    const by = evidence.kind === 'franceconnect' ? { by: evidence.kind } : {};
    await record(trx, signedInEvent, {
      person: personKey,
      actor: { kind: 'person' },
      at: now,
      details: { kind: opens, ...by },
    });
    const mostMinutes = evidence.kind === 'franceconnect' ? policy.franceConnect.sessionMinutes : undefined;
    const life = sessionLife(policy, opens, now, mostMinutes);
    const begun = { personKey, power: { kind: opens }, carrier: 'cookie', older, ...life } as const;
    return { kind: 'session', opens, issued: await beginSession(trx, { keyring, random }, begun, now) };
  });
}

/** Keeps the account as it is until the end of the transaction, and says what may be entered. */
async function holdOpen(
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

async function stillHolds(trx: Kysely<Database>, personKey: Buffer, evidence: Evidence): Promise<boolean> {
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
