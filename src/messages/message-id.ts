import { timingSafeEqual } from 'node:crypto';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';

/**
 * The id of a message that somebody is about to write: half of it by chance, the other half keyed from that and their
 * number. It travels in a form, and a person who sends another one cannot take an id that is, or will be, somebody else’s.
 */
export function newMessageId(keyring: Keyring, nir: string, random: Random): string {
  const chance = random.bytes(8);
  // Version 4, as all our ids look.
  chance.writeUInt8((chance.readUInt8(6) & 0x0f) | 0x40, 6);
  return written(Buffer.concat([chance, keyedHalf(keyring, keyring.current, nir, chance)]));
}

/** Whether an id, written as a UUID, was made for messages of this person. */
export function isMessageIdOf(keyring: Keyring, nir: string, id: string): boolean {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16 || written(bytes) !== id) return false;
  const [chance, keyed] = [bytes.subarray(0, 8), bytes.subarray(8)];
  return keyring.versions.some((version) => timingSafeEqual(keyed, keyedHalf(keyring, version, nir, chance)));
}

function keyedHalf(keyring: Keyring, version: number, nir: string, chance: Buffer): Buffer {
  const half = fingerprintWith(keyring, version, 'message-id', nir, chance).subarray(0, 8);
  half.writeUInt8((half.readUInt8(0) & 0x3f) | 0x80, 0);
  return half;
}

function written(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
