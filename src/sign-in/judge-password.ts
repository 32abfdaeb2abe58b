import type { RightCode } from '#src/codes/try.ts';
import type { KnownDevice } from '#src/credentials/known-devices.ts';
import { type PasswordCredential, usableHash } from '#src/credentials/password.ts';
import { fingerprint } from '#src/crypto/keyring.ts';
import { type Attempt, ofClient, ofSubject } from '#src/limits/attempt.ts';
import { type Claim, claimAttempt, releaseClaim, settleClaim } from '#src/limits/claim-attempt.ts';
import type { Client } from '#src/limits/client-address.ts';
import { refusal } from '#src/limits/record-attempt.ts';
import { retryAfterSeconds } from '#src/passwords/lane-result.ts';
import type { Services } from '#src/services.ts';
import { actOnFailures } from '#src/sign-in/act-on-failures.ts';
import type { Entrant } from '#src/sign-in/entrant.ts';
import { signInRefused } from '#src/sign-in/events.ts';

export type Judgement =
  /** `outdated`: to be hashed anew. `claim`: the try, which still counts as a failure until it is settled. */
  | {
      readonly kind: 'accepted';
      readonly password: PasswordCredential;
      readonly outdated: boolean;
      readonly claim: Claim;
    }
  /** Not the password, but a valid provisional code that is not used yet. */
  | { readonly kind: 'code'; readonly code: RightCode }
  /**
   * A wrong password, an unknown NIR or a suspended account, indistinguishable. The next attempt is allowed at `until`.
   */
  | { readonly kind: 'refused'; readonly until: Date }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

/** The person whose password it may be. The address is decrypted only when a notice is written. */
export type PasswordHolder = Pick<Entrant, 'personKey' | 'password' | 'language' | 'address' | 'known'>;

/** A typed password and the account that it is for. */
export interface PasswordTry {
  /** The typed NIR, to which the hash is bound, whether or not it has an account. */
  readonly nir: string;
  /** The person key of the NIR, by which attempts are counted. */
  readonly subject: Buffer;
  readonly holder: PasswordHolder | null;
  readonly password: string;
  /** The password was typed in a session of its owner. */
  readonly signedIn?: true;
  /** From a browser that was in the enrolment of this person just now: its turn comes as it did there. */
  readonly enrolledHere?: boolean;
  /** Called whenever the text is not the password, whether or not there is an account. */
  readonly tryAsCode?: () => Promise<RightCode | null>;
}

/** Where and when a password was typed. */
export interface TypedAt {
  readonly client: Client;
  readonly signal: AbortSignal;
  readonly now: Date;
}

/**
 * Judges a password. The attempt is counted before its hash is computed, against the person, the client, and the person
 * from this client; while one of them is suspended no hash is computed, and an attempt that was not judged is not
 * counted. An attempt from a known browser of the person, or in their session, counts against that alone: attempts by
 * others do not block it. One that is accepted is settled by the caller, at once with what it opens (`settlingRight`), or
 * before it opens anything (`acceptPassword`).
 *
 * Without a holder the same queries run and the same hash is computed, so that the answer takes as long.
 */
export async function judgePassword(
  services: Services,
  { now, client, signal }: TypedAt,
  { nir, subject, holder, password, signedIn, enrolledHere = false, tryAsCode }: PasswordTry,
): Promise<Judgement> {
  const { passwords } = services;
  const personKey = holder?.personKey ?? subject;
  const place = trustedPlace(holder?.known ?? null) ?? (signedIn ? signedInPlace : null);
  const event = refusal(signInRefused, { person: personKey, actor: { kind: 'person' } });
  const claim = await claimAttempt(services, now, countedBy(services, subject, client, place), event);
  if (claim.kind === 'blocked') return { kind: 'refused', until: claim.until };
  const stored = holder?.password ?? null;
  const hash = stored && usableHash(stored, place !== null);
  const hashedFor = { nir, client, ahead: place !== null || enrolledHere, signal };
  const verified = await passwords.verify(hash, password, hashedFor).catch(async (error: unknown) => {
    await releaseClaim(services, claim, now);
    throw error;
  });
  if (!verified.ok) {
    await releaseClaim(services, claim, now);
    return { kind: 'busy', retryAfterSeconds: retryAfterSeconds(verified) };
  }
  const { matches, outdated } = verified.value;
  if (matches && stored) return { kind: 'accepted', password: stored, outdated, claim };
  const code = tryAsCode ? await tryAsCode() : null;
  const settled = await settleClaim(services, claim, now, code !== null);
  if (settled.kind === 'blocked') return { kind: 'refused', until: settled.until };
  if (code) return { kind: 'code', code };
  const until = settled.nextTryAt ?? now;
  const failures = { consecutive: settled.consecutive, until, fromKnownDevice: place !== null };
  await actOnFailures(services, { subject, holder }, failures, now);
  return { kind: 'refused', until };
}

/** As `judgePassword`, for a change that does not settle the try itself. */
export async function acceptPassword(
  services: Services,
  typed: TypedAt,
  attempt: PasswordTry,
): Promise<Judgement> {
  const judged = await judgePassword(services, typed, attempt);
  if (judged.kind !== 'accepted') return judged;
  const settled = await settleClaim(services, judged.claim, typed.now, true);
  return settled.kind === 'blocked' ? { kind: 'refused', until: settled.until } : judged;
}

/** Where a password is typed again in an open session, whichever it is. */
export const signedInPlace: Buffer = Buffer.from('session');

/** A known browser where a password was typed, which has counters of its own; a sign-in there ends those of others. */
export function trustedPlace(known: KnownDevice | null): Buffer | null {
  return known?.withPassword ? known.tokenHash : null;
}

function countedBy(
  { keyring, limits }: Pick<Services, 'keyring' | 'limits'>,
  subject: Buffer,
  client: Client,
  place: Buffer | null,
): { readonly attempts: readonly Attempt[]; readonly watched: readonly Attempt[] } {
  if (place) {
    const own = fingerprint(keyring, 'known-device', subject, place);
    return { attempts: [ofSubject(limits.signInFromDevice, own, client)], watched: [] };
  }
  return {
    attempts: [
      ofSubject(limits.signIn, subject, client),
      ofSubject(limits.signInFromClient, Buffer.concat([subject, client.key]), client),
    ],
    watched: ofClient(limits.client['sign-in'], client, subject),
  };
}
