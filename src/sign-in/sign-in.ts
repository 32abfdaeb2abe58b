import type { Kysely } from 'kysely';
import { openContact } from '#src/accounts/account.ts';
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
import type { AccountTable, Database } from '#src/database/tables.ts';
import { endConsecutiveSignInFailures } from '#src/limits/forget-failures.ts';
import { noticeLanguage } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';
import { beginSession, type IssuedToken } from '#src/sessions/change-session.ts';
import { sessionLife } from '#src/sessions/life.ts';
import type { Session } from '#src/sessions/session.ts';
import { signedInEvent } from '#src/sign-in/events.ts';
import { tellNewDevice } from '#src/sign-in/new-device.ts';

/** Evidence that somebody owns an account. It was judged before; here it only has to be still valid. */
export type Evidence = {
  /** The browser where it was presented, which becomes a known one if the account opens. */
  readonly device: RememberedDevice;
} & (
  | {
      readonly kind: 'password';
      /** As `judgePassword` accepted it. */
      readonly password: PasswordCredential;
      /** The same password hashed at the present cost, where it was not. */
      readonly rehashed: string | null;
      /** The person whose consecutive failures are reset; null when those of others still count. */
      readonly endsFailuresOf: Buffer | null;
    }
  /** A FranceConnect subject, by its keys under every key version. */
  | { readonly kind: 'franceconnect'; readonly subjects: readonly Buffer[] }
);

type LockedAccount = Pick<
  AccountTable,
  | 'person_key'
  | 'contact'
  | 'language'
  | 'created_in'
  | 'status'
  | 'pending_until'
  | 'closed_for'
  | 'caisse_code'
>;

/** A second factor, required after the first evidence. None is offered yet. */
type SecondFactor = never;

export type SignInOutcome =
  | { readonly kind: 'session'; readonly opens: 'account' | 'waiting'; readonly issued: IssuedToken }
  | { readonly kind: 'challenge'; readonly factor: SecondFactor }
  /**
   * `deceased`: the account was closed because its person died; `not-open`: there is no account that can be entered;
   * `evidence-over`: the evidence is not (or no longer) valid for it.
   */
  | { readonly kind: 'refusal'; readonly reason: 'deceased' | 'not-open' | 'evidence-over' }
  /** The address was not confirmed in time. */
  | { readonly kind: 'refusal'; readonly reason: 'unconfirmed'; readonly caisseCode: string | null };

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
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  personKey: Buffer,
  evidence: Evidence,
  { older, now }: { readonly older: Session | null; readonly now: Date },
): Promise<SignInOutcome> {
  const { db, keyring, random, policy } = services;
  return db.transaction().execute(async (trx): Promise<SignInOutcome> => {
    const account = await lockForSignIn(trx, personKey);
    const opens = account ? whatOpens(account, now) : 'not-open';
    if (!account || opens === 'not-open') return { kind: 'refusal', reason: 'not-open' };
    if (!(await isStillValid(trx, personKey, evidence))) return { kind: 'refusal', reason: 'evidence-over' };
    if (opens === 'deceased') return { kind: 'refusal', reason: opens };
    if (opens === 'unconfirmed') return { kind: 'refusal', reason: opens, caisseCode: account.caisse_code };
    // The second factor of an account will be required here, before anything is written.
    await noteEvidenceUsed(trx, evidence, now);
    await noteSignedIn(trx, personKey, opens, now);
    const mostMinutes = evidence.kind === 'franceconnect' ? policy.franceConnect.sessionMinutes : undefined;
    const life = sessionLife(policy, opens, now, mostMinutes);
    const begun = { personKey, power: { kind: opens }, carrier: 'cookie', older, ...life } as const;
    const issued = await beginSession(trx, { keyring, random }, begun, now);
    if (opens === 'account') await rememberBrowser(trx, services, account, evidence.device, now);
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

/** Locks the account until the end of the transaction. */
async function lockForSignIn(trx: Kysely<Database>, personKey: Buffer): Promise<LockedAccount | undefined> {
  return trx
    .selectFrom('account')
    .select([
      'person_key',
      'contact',
      'language',
      'created_in',
      'status',
      'pending_until',
      'closed_for',
      'caisse_code',
    ])
    .where('person_key', '=', personKey)
    .forUpdate()
    .executeTakeFirst();
}

function whatOpens(
  account: LockedAccount,
  now: Date,
): 'account' | 'waiting' | 'deceased' | 'unconfirmed' | 'not-open' {
  if (account.closed_for === 'deceased') return 'deceased';
  if (account.status === 'active') return 'account';
  if (account.status !== 'pending') return 'not-open';
  return account.pending_until > now ? 'waiting' : 'unconfirmed';
}

async function isStillValid(trx: Kysely<Database>, personKey: Buffer, evidence: Evidence): Promise<boolean> {
  switch (evidence.kind) {
    case 'password':
      return isUnchanged(await findPassword(trx, personKey), evidence.password);
    case 'franceconnect':
      return isLinked(trx, personKey, evidence.subjects);
  }
}

async function noteEvidenceUsed(trx: Kysely<Database>, evidence: Evidence, now: Date): Promise<void> {
  if (evidence.kind !== 'password') return;
  const { password, rehashed, endsFailuresOf } = evidence;
  await notePasswordUsed(trx, password, rehashed, now);
  if (endsFailuresOf) await endConsecutiveSignInFailures(trx, endsFailuresOf);
}

/**
 * Makes the browser a known one. When it was not, its owner gets a mail, unless the account was created in that browser:
 * then it is the first sign-in there.
 */
async function rememberBrowser(
  trx: Kysely<Database>,
  services: Pick<Services, 'keyring' | 'random' | 'jobs'>,
  account: LockedAccount,
  device: RememberedDevice,
  now: Date,
): Promise<void> {
  const { person_key: personKey, contact, language, created_in: createdIn } = account;
  if (await storeDevice(trx, personKey, device, now)) return;
  if (createdIn && device.presented.some((hash) => hash.equals(createdIn))) return;
  const { email: address } = openContact(services.keyring, personKey, contact);
  const owner = { personKey, address, language: noticeLanguage(language) };
  await tellNewDevice(trx, services, owner, device.kind, now);
}
