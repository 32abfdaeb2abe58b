import type { RightCode } from '#src/codes/try.ts';
import { knownDevice } from '#src/credentials/known-devices.ts';
import { type PasswordCredential, usableHash } from '#src/credentials/password.ts';
import { fingerprint } from '#src/crypto/keyring.ts';
import { type Attempt, ofClient, ofSubject } from '#src/limits/attempt.ts';
import { claimAttempt, releaseClaim, settleClaim } from '#src/limits/claim-attempt.ts';
import type { Client } from '#src/limits/client-address.ts';
import { refusal } from '#src/limits/record-attempt.ts';
import { retryAfterSeconds } from '#src/passwords/lane-result.ts';
import type { Services } from '#src/services.ts';
import { actOnFailures } from '#src/sign-in/act-on-failures.ts';
import { signInRefused } from '#src/sign-in/events.ts';
import type { PasswordHolder } from '#src/sign-in/password-holder.ts';

export type Judgement =
  /**
   * `outdated`: to be stored again with a new hash. `device`: the browser as its owner is known by it, null where it is
   * not: what others did in a row is over then.
   */
  | {
      readonly kind: 'accepted';
      readonly password: PasswordCredential;
      readonly outdated: boolean;
      readonly device: Buffer | null;
    }
  /** No password, but a provisional code that is right and still to be used. */
  | { readonly kind: 'code'; readonly code: RightCode }
  /** Wrong, nobody's, or tried while suspended: not told apart. The next try may be made at `until`. */
  | { readonly kind: 'refused'; readonly until: Date }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

/** A password that was typed, whose it should be, and where. */
export interface PasswordTry {
  /** The number that was typed: how it is counted, and the hash bound, whether or not somebody has it. */
  readonly nir: string;
  readonly subject: Buffer;
  readonly holder: PasswordHolder | null;
  readonly password: string;
  /** Typed in the session of its owner. */
  readonly signedIn?: true;
  /** Called, for everybody alike, when what was typed is not the password. */
  readonly tryAsCode?: () => Promise<RightCode | null>;
}

/** Where and when a password was typed; `device`: the cookie of a browser that may be known. */
export interface TypedAt {
  readonly client: Client;
  readonly device?: string;
  readonly signal: AbortSignal;
  readonly now: Date;
}

/**
 * Judges a password. The try is counted before its hash is computed, against the person, the client, and the person
 * from this client; while one of them is suspended no hash is computed, and a try that was not judged is given back. A
 * try from a browser that is known to the person, or in their session, counts against that alone: what others do does
 * not stop it.
 *
 * Without a holder everything is done all the same, against nothing: same queries, same hash, same time.
 */
export async function judgePassword(
  services: Services,
  { now, client, signal, device = '' }: TypedAt,
  { nir, subject, holder, password, signedIn, tryAsCode }: PasswordTry,
): Promise<Judgement> {
  const { db, passwords } = services;
  const personKey = holder?.personKey ?? subject;
  const known = await knownDevice(db, personKey, device, now);
  const place = known ?? (signedIn ? Buffer.from('session') : null);
  const event = refusal(signInRefused, { person: personKey, actor: { kind: 'person' } });
  const claim = await claimAttempt(services, now, countedBy(services, subject, client, place), event);
  if (claim.kind === 'blocked') return { kind: 'refused', until: claim.until };
  const stored = holder?.password ?? null;
  const hash = stored && usableHash(stored, place !== null);
  const hashedFor = { nir, client, ahead: place !== null, signal };
  const verified = await passwords.verify(hash, password, hashedFor).catch(async (error: unknown) => {
    await releaseClaim(services, claim, now);
    throw error;
  });
  if (!verified.ok) {
    await releaseClaim(services, claim, now);
    return { kind: 'busy', retryAfterSeconds: retryAfterSeconds(verified) };
  }
  const { matches, outdated } = verified.value;
  const code = matches || !tryAsCode ? null : await tryAsCode();
  const right = matches || code !== null;
  const settled = await settleClaim(services, claim, now, right, event);
  if (settled.kind === 'blocked') return { kind: 'refused', until: settled.until };
  if (matches && stored) return { kind: 'accepted', password: stored, outdated, device: known };
  if (code) return { kind: 'code', code };
  const until = settled.nextTryAt ?? now;
  const failures = { consecutive: settled.consecutive, until, fromKnownDevice: place !== null };
  await actOnFailures(services, { subject, holder }, failures, now);
  return { kind: 'refused', until };
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
