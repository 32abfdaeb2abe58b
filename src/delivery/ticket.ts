import { timingSafeEqual } from 'node:crypto';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';

const idDigits = 32;
const signatureDigits = 16;

/**
 * The signed reference of a notice for mail servers, which only a bounce of that mail can contain: 48 hexadecimal digits,
 * its id and 64 bits of a keyed fingerprint. Short and case-insensitive, because it is part of an address.
 */
export function noticeTicket(keyring: Keyring, id: string): string {
  return id.replaceAll('-', '') + signature(keyring, keyring.current, id);
}

/** The id in a ticket; null unless it was signed with one of the configured keys. */
export function readTicket(keyring: Keyring, ticket: string): string | null {
  const text = ticket.toLowerCase();
  if (!/^[\da-f]{48}$/.test(text)) return null;
  const id = text.slice(0, idDigits).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const received = Buffer.from(text.slice(idDigits));
  const isSigned = keyring.versions.some((version) =>
    timingSafeEqual(Buffer.from(signature(keyring, version, id)), received),
  );
  return isSigned ? id : null;
}

/** The address that bounces of a notice go to: `bounces+<ticket>@domain`. */
export function bounceAddress(address: string, ticket: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${ticket}${address.slice(at)}`;
}

/** The ticket in an address that a bounce was sent to, its signature unchecked; null when there is none. */
export function ticketIn(recipient: string): string | null {
  return /\+([\da-f]{48})@/i.exec(recipient)?.[1] ?? null;
}

function signature(keyring: Keyring, version: number, id: string): string {
  return fingerprintWith(keyring, version, 'notice-ticket', id).toString('hex').slice(0, signatureDigits);
}
