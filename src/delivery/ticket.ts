import { timingSafeEqual } from 'node:crypto';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';

const idDigits = 32;
const signatureDigits = 16;

/**
 * How a notice is named to mail servers, so that a bounce can name it and nobody else can: 48 hexadecimal digits, its
 * id and 64 bits of a keyed fingerprint. Short and in one case only, because it is part of an address.
 */
export function noticeTicket(keyring: Keyring, id: string): string {
  return id.replaceAll('-', '') + signature(keyring, keyring.current, id);
}

/** The id in a ticket; null for one that we did not make, under any key that is still known. */
export function readTicket(keyring: Keyring, ticket: string): string | null {
  const text = ticket.toLowerCase();
  if (!/^[\da-f]{48}$/.test(text)) return null;
  const id = text.slice(0, idDigits).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const given = Buffer.from(text.slice(idDigits));
  const ours = keyring.versions.some((version) =>
    timingSafeEqual(Buffer.from(signature(keyring, version, id)), given),
  );
  return ours ? id : null;
}

/** The address that bounces of a notice go to: `bounces+<ticket>@domain`. */
export function bounceAddress(address: string, ticket: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${ticket}${address.slice(at)}`;
}

/** What a bounce was sent to, if it looks like one of ours: the ticket, signed or not. */
export function ticketIn(recipient: string): string | null {
  return /\+([\da-f]{48})@/i.exec(recipient)?.[1] ?? null;
}

function signature(keyring: Keyring, version: number, id: string): string {
  return fingerprintWith(keyring, version, 'notice-ticket', id).toString('hex').slice(0, signatureDigits);
}
