import { randomBytes, randomFillSync, randomInt, randomUUID } from 'node:crypto';

/** The only source of randomness, passed in so that tests can be deterministic. */
export interface Random {
  bytes(length: number): Buffer;
  /** `length` decimal digits, uniformly distributed, leading zeros kept. */
  digits(length: number): string;
  uuid(): string;
}

/** Drawn for many at a time: a draw of a few bytes takes nearly as long. */
const drawn = Buffer.alloc(4_096);
let left = 0;

/** Bytes that are given once, and forgotten here. */
function bytes(length: number): Buffer {
  if (length > drawn.length) return randomBytes(length);
  if (length > left) {
    randomFillSync(drawn);
    left = drawn.length;
  }
  const given = drawn.subarray(left - length, left);
  left -= length;
  const copy = Buffer.from(given);
  given.fill(0);
  return copy;
}

export const systemRandom: Random = {
  bytes,
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
  uuid: () => randomUUID(),
};
