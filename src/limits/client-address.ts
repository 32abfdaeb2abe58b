import { isIPv6 } from 'node:net';
import { fingerprint, type Keyring } from '#src/crypto/keyring.ts';

/** The part of a client's address that one subscriber holds: all of IPv4, the first 64 bits of IPv6. */
export function subscriberPart(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1]) return mapped[1];
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = (ip.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/**
 * How a client's address is named in counters: no address is kept in clear. Null for this machine itself: behind
 * it may be everybody.
 */
export function clientAddressKey(keyring: Keyring, ip: string): Buffer | null {
  if (isLoopback(ip)) return null;
  return fingerprint(keyring, 'client-address', subscriberPart(ip));
}

/** Loopback names no client: this machine itself, or a proxy that does not tell whom it speaks for. */
export function isLoopback(ip: string): boolean {
  const part = subscriberPart(ip);
  return part.startsWith('127.') || ip === '::1';
}
