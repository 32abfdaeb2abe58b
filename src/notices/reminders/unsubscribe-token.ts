import { timingSafeEqual } from 'node:crypto';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { NoticeKind } from '#src/notices/notice.ts';
import { paths, withToken } from '#src/paths.ts';

/**
 * Mails with an unsubscribe link: reminders of something that the person has begun. Every other mail is a service mail:
 * it answers a request, or reports a change that only the owner of the account may make.
 */
const reminderKinds: readonly NoticeKind[] = ['activation-reminder', 'letter-unused'];

export function isReminder(kind: NoticeKind): boolean {
  return reminderKinds.includes(kind);
}

/**
 * Mails of deposits (avis de dépôt). Their link is another one: a document must not get lost, so that who unsubscribes
 * gets paper instead (ADR 0038).
 */
export const avisKinds: readonly NoticeKind[] = ['new-deposits', 'document-unread'];

export function isAvis(kind: NoticeKind): boolean {
  return avisKinds.includes(kind);
}

const signatureBytes = 16;
const idBytes = 16;

/** The unsubscribe link of a mailbox: it contains the mailbox's key and our signature, nothing personal. */
export function unsubscribeUrl(keyring: Keyring, publicUrl: string, recipientKey: Buffer): string {
  const signed = signature(keyring, keyring.current, recipientKey);
  const token = Buffer.concat([recipientKey, signed]).toString('base64url');
  return publicUrl + withToken(paths.unsubscribe, token);
}

/** The mailbox's key in a token; null for one that we did not sign. Tolerates punctuation that mail programs append. */
export function readUnsubscribeToken(keyring: Keyring, token: string): Buffer | null {
  const bytes = Buffer.from(/^[\w-]*/.exec(token)?.[0] ?? '', 'base64url');
  if (bytes.length !== 32 + signatureBytes) return null;
  const recipientKey = bytes.subarray(0, 32);
  const received = bytes.subarray(32);
  const isSigned = keyring.versions.some((version) =>
    timingSafeEqual(signature(keyring, version, recipientKey), received),
  );
  return isSigned ? recipientKey : null;
}

/** The unsubscribe link of a mail of deposits: it contains the id of that mail and our signature, nothing personal. */
export function avisUnsubscribeUrl(keyring: Keyring, publicUrl: string, noticeId: string): string {
  const id = Buffer.from(noticeId.replaceAll('-', ''), 'hex');
  const token = Buffer.concat([id, avisSignature(keyring, keyring.current, id)]).toString('base64url');
  return publicUrl + withToken(paths.unsubscribe, token);
}

/** The id of the mail in such a token; null for another one. */
export function readAvisToken(keyring: Keyring, token: string): string | null {
  const bytes = Buffer.from(/^[\w-]*/.exec(token)?.[0] ?? '', 'base64url');
  if (bytes.length !== idBytes + signatureBytes) return null;
  const id = bytes.subarray(0, idBytes);
  const received = bytes.subarray(idBytes);
  const isSigned = keyring.versions.some((version) =>
    timingSafeEqual(avisSignature(keyring, version, id), received),
  );
  return isSigned ? id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : null;
}

function avisSignature(keyring: Keyring, version: number, id: Buffer): Buffer {
  return fingerprintWith(keyring, version, 'unsubscribe-avis', id).subarray(0, signatureBytes);
}

function signature(keyring: Keyring, version: number, recipientKey: Buffer): Buffer {
  return fingerprintWith(keyring, version, 'unsubscribe', recipientKey).subarray(0, signatureBytes);
}
