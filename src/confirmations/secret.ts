import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import type { Policy } from '#src/policy/schema.ts';
import { endOfDayAfter } from '#src/time/paris.ts';

/** What a mail carries (`token`, `code`) and what the database keeps of it. */
export interface ConfirmationSecret {
  readonly id: string;
  /** 256 bits, base64url: the end of the link. */
  readonly token: string;
  /** Decimal digits, typed on the waiting page. */
  readonly code: string;
  readonly tokenHash: Buffer;
  readonly codeHash: Buffer;
}

export function newSecret(
  keyring: Keyring,
  random: Random,
  personKey: Buffer,
  digits: number,
): ConfirmationSecret {
  const id = random.uuid();
  const token = random.bytes(32).toString('base64url');
  const code = random.digits(digits);
  return {
    id,
    token,
    code,
    tokenHash: secretHash(token),
    codeHash: fingerprint(keyring, 'email-code', personKey, id, code),
  };
}

/** The secret of a link as it comes back: mail programs break links, and add punctuation to their end. */
export function secretIn(token: string): string {
  return /^[\w-]+/.exec(token.replace(/[=\s]+/g, ''))?.[0] ?? '';
}

/** Whether a typed code is the one whose keyed hash is stored, under any key that is still known. */
export function codeMatches(
  keyring: Keyring,
  personKey: Buffer,
  id: string,
  typed: string,
  stored: Buffer,
): boolean {
  return keyring.versions.some((version) =>
    fingerprintWith(keyring, version, 'email-code', personKey, id, typed).equals(stored),
  );
}

/** Civil days of Europe/Paris, up to their last millisecond, counted from the creation of the account. */
export function confirmationDeadlines(
  { linkActiveDays, selfResendUntilDays }: Policy['confirmation'],
  createdAt: Date,
): { linkDeadAt: Date; pendingUntil: Date } {
  return {
    linkDeadAt: endOfDayAfter(createdAt, linkActiveDays),
    pendingUntil: endOfDayAfter(createdAt, selfResendUntilDays),
  };
}

/** When the next reminder is due, counted from the creation; null when none is left. */
export function nextReminder(reminderDays: readonly number[], createdAt: Date, after: Date): Date | null {
  const due = reminderDays
    .map((days) => new Date(createdAt.getTime() + days * 86_400_000))
    .find((date) => date > after);
  return due ?? null;
}
