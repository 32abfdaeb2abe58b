import { hash, type KeyObject } from 'node:crypto';

const blockBytes = 64;
const digestBytes = 32;

/** Free bytes that stand before a message. */
export const hmacRoom = blockBytes;

/**
 * HMAC-SHA-256 (RFC 2104) of a message, which begins after `hmacRoom` bytes, under a key of at most 64 bytes: the hash of
 * the outer block of the key and of the hash of its inner block and the message. Two hashes take half the time of
 * `createHmac`, most of which makes its objects, and the register has six fingerprints a line.
 */
export function hmac(key: KeyObject, message: Buffer): Buffer {
  const { inner, outer } = blocksOf(key);
  inner.copy(message);
  // A digest as text of one byte a character is made much faster than one as a buffer.
  outer.write(hash('sha256', message, 'latin1'), blockBytes, 'latin1');
  return Buffer.from(hash('sha256', outer, 'latin1'), 'latin1');
}

interface Blocks {
  readonly inner: Buffer;
  /** With room for the inner digest, which each message writes there anew. */
  readonly outer: Buffer;
}

const known = new WeakMap<KeyObject, Blocks>();

function blocksOf(key: KeyObject): Blocks {
  const cached = known.get(key);
  if (cached) return cached;
  const bytes = key.export();
  if (bytes.length > blockBytes) throw new Error('A key of HMAC is at most one block');
  const block = (fill: number) => Buffer.alloc(blockBytes, fill).map((byte, at) => byte ^ (bytes[at] ?? 0));
  const room = Buffer.alloc(digestBytes);
  const blocks = { inner: Buffer.from(block(0x36)), outer: Buffer.concat([block(0x5c), room]) };
  known.set(key, blocks);
  return blocks;
}
