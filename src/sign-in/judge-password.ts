import type { RightCode } from '#src/codes/try.ts';
import { knownDevice } from '#src/credentials/known-devices.ts';
import { type PasswordCredential, usableHash } from '#src/credentials/password.ts';
import { fingerprint } from '#src/crypto/keyring.ts';
import {
  type Attempt,
  claimAttempt,
  ofClient,
  ofSubject,
  releaseClaim,
  settleClaim,
} from '#src/limits/attempts.ts';
import type { Client } from '#src/limits/client-address.ts';
import type { Services } from '#src/services.ts';
import { tellOfFailures } from '#src/sign-in/tell-of-failures.ts';
import type { Language } from '#src/texts/language.ts';

/** Whoever a password belongs to. The address is only opened when there is something to write. */
export interface PasswordHolder {
  readonly personKey: Buffer;
  readonly password: PasswordCredential | null;
  readonly language: Language;
  address(): string;
}

export type Judgement =
  /** `outdated`: to be stored again with a new hash. `device`: known to the person, others' failures in a row are over. */
  | {
      readonly result: 'accepted';
      readonly password: PasswordCredential;
      readonly outdated: boolean;
      readonly device: Buffer | null;
    }
  /** No password, but a provisional code that is right and still to be used. */
  | { readonly result: 'code'; readonly code: RightCode }
  /** Wrong, nobody's, or tried while suspended: not told apart. The next try may be made at `nextAt`. */
  | { readonly result: 'refused'; readonly nextAt: Date }
  | { readonly result: 'busy'; readonly retryAfterSeconds: number };

/** A password that was typed, whose it should be, and where. */
export interface PasswordTry {
  /** The number that was typed: how it is counted, and the hash bound, whether or not somebody has it. */
  readonly nir: string;
  readonly subject: Buffer;
  readonly holder: PasswordHolder | null;
  readonly password: string;
  /** Typed in the session of its owner. */
  readonly signedIn?: true;
  /** Asked, of everybody alike, when what was typed is not the password. */
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
 * from this client; while one of them is suspended no hash is; one that was not judged is given back. A try from a browser that is known to the person, or in
 * their session, counts against that alone: what others do does not stop it.
 *
 * Without a holder everything is done all the same, against nothing: same queries, same hash, same time.
 */
export async function judgePassword(
  services: Services,
  { now, client, signal, device = '' }: TypedAt,
  { nir, subject, holder, password, signedIn, tryAsCode }: PasswordTry,
): Promise<Judgement> {
  const { db, passwords } = services;
  const known = await knownDevice(db, holder?.personKey ?? subject, device, now);
  const toldApart = known ?? (signedIn ? Buffer.from('session') : null);
  const refusal = { personKey: holder?.personKey ?? subject, kind: 'sign-in-refused' } as const;
  const claim = await claimAttempt(services, now, countedBy(services, subject, client, toldApart), refusal);
  if (claim.blocked) return { result: 'refused', nextAt: claim.nextAt ?? now };
  const own = holder?.password ?? null;
  const stored = own && usableHash(own, toldApart !== null);
  const place = { nir, client, ahead: toldApart !== null, signal };
  const verified = await passwords.verify(stored, password, place).catch(async (error: unknown) => {
    await releaseClaim(services, claim, now);
    throw error;
  });
  if (!verified.ok) {
    await releaseClaim(services, claim, now);
    return { result: 'busy', retryAfterSeconds: verified.reason === 'busy' ? verified.retryAfterSeconds : 3 };
  }
  const { matches, outdated } = verified.value;
  const code = matches || !tryAsCode ? null : await tryAsCode();
  const right = matches || code !== null;
  const settled = await settleClaim(services, claim, now, right, refusal);
  if (matches && own && !settled.blocked)
    return { result: 'accepted', password: own, outdated, device: known };
  if (code && !settled.blocked) return { result: 'code', code };
  const nextAt = settled.nextAt ?? now;
  if (!right) {
    const { consecutive } = settled;
    const failed = { consecutive, until: nextAt, fromKnownDevice: toldApart !== null };
    await tellOfFailures(services, subject, holder, failed, now);
  }
  return { result: 'refused', nextAt };
}

function countedBy(
  { keyring, limits }: Pick<Services, 'keyring' | 'limits'>,
  subject: Buffer,
  client: Client,
  toldApart: Buffer | null,
): { readonly attempts: readonly Attempt[]; readonly watched: readonly Attempt[] } {
  if (toldApart) {
    const own = fingerprint(keyring, 'known-device', subject, toldApart);
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
