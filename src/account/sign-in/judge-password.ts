import { knownDevice } from '#src/account/known-device/devices.ts';
import { usableHash } from '#src/account/password-hash.ts';
import { tellOfFailures } from '#src/account/sign-in/tell-of-failures.ts';
import type { RightCode } from '#src/codes/try.ts';
import { fingerprint } from '#src/crypto/keyring.ts';
import { recordAttempt } from '#src/limits/attempts.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';
import type { PageRequest } from '#src/web/page.ts';

/** Whoever a password belongs to. The address is only opened when there is something to write. */
export interface PasswordHolder {
  readonly personKey: Buffer;
  readonly passwordHash: string;
  readonly language: Language;
  address(): string;
}

export type Judgement =
  /** `outdated`: to be stored again with a new hash. `fromKnownDevice`: others' failures in a row are over. */
  | { readonly result: 'accepted'; readonly outdated: boolean; readonly fromKnownDevice: boolean }
  /** No password, but a provisional code that is right and still to be used. */
  | { readonly result: 'code'; readonly code: RightCode }
  /** Wrong, nobody's, or tried while suspended: not told apart. The next try may be made at `nextAt`. */
  | { readonly result: 'refused'; readonly nextAt: Date }
  | { readonly result: 'busy'; readonly retryAfterSeconds: number };

/**
 * Judges a password and counts the try against the person and against the person from this client's address. A try
 * from a browser that is known to the person counts against that browser alone: what others do does not stop it.
 *
 * Without a holder everything is done all the same, against nothing: same queries, same hash, same time.
 * `subject` is how the number typed is counted, whether or not somebody has it. `tryAsCode` is asked, of everybody
 * alike, when what was typed is not the password.
 */
export async function judgePassword(
  services: Services,
  {
    now,
    client,
    signal,
    device = '',
  }: Pick<PageRequest, 'now' | 'client' | 'signal'> & Partial<Pick<PageRequest, 'device'>>,
  subject: Buffer,
  holder: PasswordHolder | null,
  password: string,
  tryAsCode: () => Promise<RightCode | null> = async () => null,
): Promise<Judgement> {
  const { db, keyring, limits, passwords } = services;
  const known = await knownDevice(db, holder?.personKey ?? subject, device, now);
  const stored = holder && usableHash(holder.passwordHash, known !== null);
  const verified = await passwords.verify(stored, password, signal);
  if (!verified.ok)
    return { result: 'busy', retryAfterSeconds: verified.reason === 'busy' ? verified.retryAfterSeconds : 3 };
  const { matches, outdated } = verified.value;
  const code = matches ? null : await tryAsCode();
  const tried = await recordAttempt(
    db,
    now,
    matches || code !== null,
    known
      ? [{ rule: limits.signInFromDevice, subject: fingerprint(keyring, 'known-device', subject, known) }]
      : [
          { rule: limits.signIn, subject },
          {
            rule: limits.signInFromAddress,
            subject: fingerprint(keyring, 'sign-in-address', subject, client ?? ''),
          },
        ],
    { personKey: holder?.personKey ?? subject, kind: 'sign-in-refused' },
  );
  if (matches && !tried.blocked) {
    const whole = holder?.passwordHash === stored;
    return { result: 'accepted', outdated: outdated && whole, fromKnownDevice: known !== null };
  }
  if (code && !tried.blocked) return { result: 'code', code };
  const nextAt = tried.nextAt ?? now;
  if (!tried.blocked)
    await tellOfFailures(
      services,
      subject,
      holder,
      { consecutive: tried.consecutive, until: nextAt, fromKnownDevice: known !== null },
      now,
    );
  return { result: 'refused', nextAt };
}
