import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { fingerprintWith, type Keyring, seal, unseal } from '#src/crypto/keyring.ts';

/** The end of a chain as it was vouched for. */
export interface SealedHead {
  readonly personKey: Buffer;
  readonly seq: number;
  readonly hash: Buffer;
}

/**
 * What the installation vouches for: how many chains and events, and a sum over the ends of all of them, each under a
 * key outside the database. Kept sealed, so that the owner of the database can neither make another nor learn from
 * two of them what one chain adds. `number` grows with each, so that an older one shows beside a copy kept elsewhere.
 */
export interface Total {
  readonly number: number;
  readonly chains: number;
  readonly events: number;
  /** Modulo 2^256. */
  readonly sum: bigint;
}

export const nothing: Total = { number: 0, chains: 0, events: 0, sum: 0n };

const modulus = 1n << 256n;
const place = { table: 'audit_seal', column: 'sealed', row: [] };
const stored = z.object({
  number: z.number(),
  chains: z.number(),
  events: z.number(),
  sum: z.string().regex(/^[\da-f]{1,64}$/),
});

export function sealTotal(keyring: Keyring, total: Total): Buffer {
  return seal(keyring, place, { ...total, sum: total.sum.toString(16) });
}

/** Throws when it was not made by this installation. */
export function openTotal(keyring: Keyring, sealed: Buffer): Total {
  const { sum, ...counts } = stored.parse(unseal(keyring, place, sealed));
  return { ...counts, sum: BigInt(`0x${sum}`) };
}

/** What is kept beside the end of a chain: the number of the key (4 bytes), then a keyed fingerprint. */
export function macOf(keyring: Keyring, head: SealedHead, version = keyring.current): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(version);
  return Buffer.concat([number, keyed(keyring, version, 'audit-head', head)]);
}

/** Whether this installation vouched for that end of a chain. */
export function isVouchedFor(keyring: Keyring, head: SealedHead, mac: Buffer): boolean {
  if (mac.length !== 36) return false;
  const version = mac.readUInt32BE(0);
  return keyring.versions.includes(version) && timingSafeEqual(macOf(keyring, head, version), mac);
}

/** The total with the end of a chain more, or less, whose mac names the key that it counts under. */
export function withHead(
  keyring: Keyring,
  total: Total,
  head: SealedHead,
  mac: Buffer,
  sign: 1n | -1n,
): Total {
  const share = BigInt(`0x${keyed(keyring, mac.readUInt32BE(0), 'audit-share', head).toString('hex')}`);
  return {
    number: total.number,
    chains: total.chains + Number(sign),
    events: total.events + Number(sign) * head.seq,
    sum: (total.sum + sign * share + modulus) % modulus,
  };
}

function keyed(keyring: Keyring, version: number, use: string, { personKey, seq, hash }: SealedHead): Buffer {
  return fingerprintWith(keyring, version, use, personKey, String(seq), hash);
}
