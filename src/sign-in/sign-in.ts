import { notingSignedIn } from '#src/accounts/change-status.ts';
import type { ClosedFor } from '#src/accounts/close-account.ts';
import { holdingLink } from '#src/accounts/franceconnect-link.ts';
import { recording } from '#src/audit/record.ts';
import { type RememberedDevice, rememberingDevice } from '#src/credentials/known-devices.ts';
import { isUnchanged, type PasswordCredential, usingPassword } from '#src/credentials/password.ts';
import { also, atOnce, required, requiredSelect, type Write } from '#src/database/at-once.ts';
import { type Claim, settleClaim, settlingRight } from '#src/limits/claim-attempt.ts';
import { endingConsecutiveSignInFailures } from '#src/limits/forget-failures.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import { beginningSession, type IssuedToken } from '#src/sessions/change-session.ts';
import { sessionLife } from '#src/sessions/life.ts';
import type { Session } from '#src/sessions/session.ts';
import type { Carrier } from '#src/sessions/token.ts';
import { type Entrant, findEntrant } from '#src/sign-in/entrant.ts';
import { signedInEvent } from '#src/sign-in/events.ts';
import { writeAndNotify } from '#src/sign-in/new-device.ts';

/** Evidence that somebody owns an account. It was judged before; here it only has to be still valid. */
export type Evidence = {
  /** The browser where it was presented, which becomes a known one if the account opens. */
  readonly device: RememberedDevice;
} & (
  | {
      readonly kind: 'password';
      /** As `judgePassword` accepted it. */
      readonly password: PasswordCredential;
      /** The try, which still counts as a failure. */
      readonly claim: Claim;
      /** The same password hashed at the present cost, where it was not. */
      readonly rehashed: string | null;
      /** The person whose consecutive failures are reset; null when those of others still count. */
      readonly endsFailuresOf: Buffer | null;
    }
  /** A FranceConnect subject, by its keys under every key version. */
  | {
      readonly kind: 'franceconnect';
      readonly subjects: readonly Buffer[];
      /** What is recorded of the proof, and required. */
      readonly passed: readonly Write[];
    }
);

/** A second factor, required after the first evidence. None is offered yet. */
type SecondFactor = never;

export type SignInOutcome =
  | { readonly kind: 'session'; readonly opens: 'account' | 'waiting'; readonly issued: IssuedToken }
  | { readonly kind: 'challenge'; readonly factor: SecondFactor }
  /**
   * `deceased`, `left`: the account was closed because its person died or left the register; `not-open`: there is no account that can be entered;
   * `evidence-over`: the evidence is not (or no longer) valid for it.
   */
  | { readonly kind: 'refusal'; readonly reason: ClosedFor | 'not-open' | 'evidence-over' }
  /** Others failed too often from this client while the password was verified. */
  | { readonly kind: 'refusal'; readonly reason: 'blocked'; readonly until: Date }
  /** The address was not confirmed in time. */
  | { readonly kind: 'refusal'; readonly reason: 'unconfirmed'; readonly caisseCode: string | null };

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs' | 'events' | 'limits'>;

interface Entering {
  /** The session that the browser presented: it ends. */
  readonly older: Session | null;
  /** What the session is carried by: a cookie, unless a program signs in. */
  readonly carrier?: Carrier;
  readonly now: Date;
}

/**
 * The only way to sign in. A password, or an identity proved by FranceConnect, is judged and counted against the limits
 * where it arrives, and passed here as evidence with the account as it was read. One statement requires that both are
 * still the same and begins the session: to the account, or to the waiting page of a pending one.
 *
 * A second factor will come between the evidence and the session: for an account that has one, the outcome is a
 * `challenge` and no session begins. The type makes every caller handle it.
 *
 * A provisional code is no evidence: it proves an identity to create an account, never to enter one (`usingCode`).
 */
export async function signIn(
  services: Needs,
  entrant: Entrant,
  evidence: Evidence,
  entering: Entering,
): Promise<SignInOutcome> {
  const entered =
    (await enter(services, entrant, evidence, entering)) ??
    (await enterAgain(services, entrant, evidence, entering));
  if (entered.kind === 'session' || evidence.kind !== 'password') return entered;
  const settled = await settleClaim(services, evidence.claim, entering.now, true);
  return settled.kind === 'blocked' ? { kind: 'refusal', reason: 'blocked', until: settled.until } : entered;
}

/** Once more, with the account as it is now: it was confirmed meanwhile, or entered from the same browser. */
async function enterAgain(
  services: Needs,
  { personKey }: Entrant,
  evidence: Evidence,
  entering: Entering,
): Promise<SignInOutcome> {
  const { db, keyring } = services;
  const { device } = evidence;
  const requests = device.request ? [device.request] : [];
  const presented = { persons: [personKey], devices: device.presented, requests };
  const entrant = await findEntrant(db, keyring, presented, entering.now);
  if (!entrant) return { kind: 'refusal', reason: 'not-open' };
  const replaces = entrant.known?.tokenHash ?? null;
  const again = { ...evidence, device: { ...device, replaces } };
  return (await enter(services, entrant, again, entering)) ?? { kind: 'refusal', reason: 'evidence-over' };
}

/** Null, and nothing changed, when the account, the evidence or the browser is no longer as it was read. */
async function enter(
  services: Needs,
  entrant: Entrant,
  evidence: Evidence,
  { older, carrier = 'cookie', now }: Entering,
): Promise<SignInOutcome | null> {
  const { db, keyring, random, policy } = services;
  const { personKey } = entrant;
  const opens = whatOpens(entrant, now);
  if (opens === 'not-open') return { kind: 'refusal', reason: opens };
  if (evidence.kind === 'password' && !isUnchanged(entrant.password, evidence.password))
    return { kind: 'refusal', reason: 'evidence-over' };
  if (opens === 'deceased' || opens === 'left') return { kind: 'refusal', reason: opens };
  if (opens === 'unconfirmed') return { kind: 'refusal', reason: opens, caisseCode: entrant.caisseCode };
  // The second factor of an account will be required here, before anything is written.
  const mostMinutes = evidence.kind === 'franceconnect' ? policy.franceConnect.sessionMinutes : undefined;
  const life = sessionLife(policy, opens, now, mostMinutes);
  const begun = { personKey, power: { kind: opens }, carrier, older, ...life } as const;
  const { writes: session, issued } = beginningSession({ keyring, random }, begun, now);
  const by = evidence.kind === 'franceconnect' ? { by: evidence.kind } : {};
  const details = { kind: opens, ...by };
  const writes = [
    required(notingSignedIn(personKey, opens, now)),
    ...usingEvidence(services, personKey, evidence, now),
    ...session,
    ...(opens === 'account' ? rememberingDevice(db, personKey, evidence.device, now) : []),
    recording(db, signedInEvent, { person: personKey, actor: actorOf({ carrier }), at: now, details }),
  ];
  const isNotified = opens === 'account' && isNews(entrant, evidence.device);
  const isDone = isNotified
    ? await writeAndNotify(services, entrant, evidence.device.kind, writes, now)
    : await atOnce(db, writes);
  return isDone ? { kind: 'session', opens, issued } : null;
}

function whatOpens(
  { status, pendingUntil, closedFor }: Entrant,
  now: Date,
): 'account' | 'waiting' | ClosedFor | 'unconfirmed' | 'not-open' {
  if (closedFor !== null) return closedFor;
  if (status === 'active') return 'account';
  if (status !== 'pending') return 'not-open';
  return pendingUntil > now ? 'waiting' : 'unconfirmed';
}

/** What the evidence was is used, and required to be so still. */
function usingEvidence(
  { db }: Pick<Services, 'db'>,
  personKey: Buffer,
  evidence: Evidence,
  now: Date,
): readonly Write[] {
  if (evidence.kind === 'franceconnect')
    return [requiredSelect(holdingLink(db, personKey, evidence.subjects)), ...evidence.passed];
  const { password, claim, rehashed, endsFailuresOf } = evidence;
  return [
    required(usingPassword(password, rehashed, now)),
    settlingRight(db, claim, now),
    ...(endsFailuresOf ? [also(endingConsecutiveSignInFailures(db, endsFailuresOf))] : []),
  ];
}

/**
 * Whether the owner is notified of the browser: it was not known, and the account was not created in it. For that one it is
 * the first sign-in.
 */
function isNews({ createdIn }: Entrant, { replaces, presented }: RememberedDevice): boolean {
  return replaces === null && !(createdIn && presented.some((hash) => hash.equals(createdIn)));
}
