import { isIPv4 } from 'node:net';
import { fingerprint, type Keyring } from '#src/crypto/keyring.ts';

/** Whom a request comes from, as counters name it: no address is kept in clear. */
export interface Client {
  /** What one subscriber holds: an IPv4 address, an IPv6 /64. */
  readonly key: Buffer;
  /** The parts of the network it is counted with, and how many times the allowance of one client each part has. */
  readonly parts: readonly { readonly key: Buffer; readonly share: number }[];
}

/**
 * A subscriber is given a /64, a /56 or a /48, and may use another address for each try. An operator of mobiles gives
 * a /64 to each of its telephones: a /48 of 65,536 of them, most of whom never fail, has the allowance of sixteen.
 */
const ipv6Parts = [
  { bits: 64, share: 1 },
  { bits: 56, share: 4 },
  { bits: 48, share: 16 },
] as const;

/** What has no address of its own: this machine itself, or whatever a proxy did not say. */
export const unnamedClient = 'unnamed';

/**
 * Whom a request comes from. Requests from this machine itself are all one client, since a proxy that does not say
 * whom it speaks for would otherwise hide everybody from every counter; `unnamedShare` is its allowance.
 */
export function clientOf(
  { keyring, unnamedShare }: { readonly keyring: Keyring; readonly unnamedShare: number },
  ip: string,
): Client {
  const address = parseAddress(ip);
  const named = isLoopback(ip) ? [{ name: unnamedClient, share: unnamedShare }] : partsOf(address);
  const parts = named.map(({ name, share }) => ({
    key: fingerprint(keyring, 'client-address', name),
    share,
  }));
  const [{ key }] = [...parts, { key: Buffer.alloc(32) }];
  return { key, parts };
}

function partsOf(address: Address | null): readonly { readonly name: string; readonly share: number }[] {
  if (address === null || isOwn(address)) return [{ name: unnamedClient, share: 1 }];
  if (address.kind === 'ipv4') return [{ name: address.text, share: 1 }];
  return ipv6Parts.map(({ bits, share }) => ({ name: prefixOf(address.groups, bits), share }));
}

/** The part of a client's address that one subscriber holds: all of IPv4, the first 64 bits of IPv6; or `unnamedClient`. */
export function subscriberPart(ip: string): string {
  const [{ name }] = [...partsOf(parseAddress(ip)), { name: unnamedClient }];
  return name;
}

/** Loopback names no client: this machine itself, or a proxy that does not forward the client’s address. */
export function isLoopback(ip: string): boolean {
  const address = parseAddress(ip);
  return address !== null && isOwn(address);
}

function isOwn(address: Address): boolean {
  if (address.kind === 'ipv4') return address.text.startsWith('127.');
  return address.groups.every((group, index) => group === (index === 7 ? 1 : 0));
}

type Address =
  | { readonly kind: 'ipv4'; readonly text: string }
  | { readonly kind: 'ipv6'; readonly groups: readonly number[] };

/**
 * An address as proxies write it: with a zone or a port too, which must not make a client of each connection. IPv4
 * written as IPv6 (`::ffff:0:0/96`, and `64:ff9b::/96` where a network translates) is the IPv4 address.
 */
function parseAddress(text: string): Address | null {
  if (isIPv4(text)) return { kind: 'ipv4', text };
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text;
  const [address = ''] = bare.slice(0, 64).split('%');
  const ipv4 = parseIpv4(address);
  if (ipv4) return { kind: 'ipv4', text: ipv4.join('.') };
  const groups = parseIpv6(address);
  if (!groups) return null;
  const head = groups.slice(0, 6).join(':');
  if (head !== '0:0:0:0:0:65535' && head !== `${0x64}:${0xff9b}:0:0:0:0`) return { kind: 'ipv6', groups };
  return {
    kind: 'ipv4',
    text: groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.'),
  };
}

function parseIpv4(text: string): readonly number[] | null {
  const parts = text.split('.');
  const read = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  return parts.length === 4 && read.every((part) => part < 256) ? read : null;
}

function parseIpv6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return null;
  const [left = [], right = []] = halves.map((half) =>
    half === '' ? [] : half.split(':').flatMap(groupsOf),
  );
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...left, ...Array.from({ length: missing }, () => 0), ...right];
  return groups.every((group) => Number.isInteger(group)) ? groups : null;
}

/** One group of hexadecimal digits, or two written as the end of an IPv4 address. */
function groupsOf(text: string): readonly number[] {
  const ipv4 = parseIpv4(text);
  if (ipv4) {
    const [a = 0, b = 0, c = 0, d = 0] = ipv4;
    return [(a << 8) | b, (c << 8) | d];
  }
  return [/^[\da-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : Number.NaN];
}

function prefixOf(groups: readonly number[], bits: 64 | 56 | 48): string {
  const kept = groups
    .slice(0, 4)
    .map((group, index) => (index < 3 ? group : group & (0xffff << (64 - bits))));
  return `${kept.map((group) => (group & 0xffff).toString(16)).join(':')}::/${bits}`;
}
