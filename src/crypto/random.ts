import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** The only source of randomness, passed in so that tests can be deterministic. */
export interface Random {
  bytes(length: number): Buffer;
  /** `length` decimal digits, uniformly distributed, leading zeros kept. */
  digits(length: number): string;
  uuid(): string;
}

export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
  uuid: () => randomUUID(),
};
