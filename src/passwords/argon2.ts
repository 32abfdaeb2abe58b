import { argon2Sync } from 'node:crypto';

/** Cost of one argon2id hash (version 1.3, one lane). */
export interface HashCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** 32 bytes of argon2id, computed on the calling thread. */
export type Argon2 = (password: Uint8Array, salt: Uint8Array, cost: HashCost) => Uint8Array;

export const nodeArgon2: Argon2 = (password, salt, { memoryKiB, passes }) =>
  argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: memoryKiB,
    passes,
  });

/** The native package where it is installed (three times as fast), otherwise node:crypto: same bytes. */
export async function loadArgon2(): Promise<Argon2> {
  try {
    const { hashRawSync } = await import('@node-rs/argon2');
    return (password, salt, { memoryKiB, passes }) =>
      hashRawSync(password, { salt, memoryCost: memoryKiB, timeCost: passes, outputLen: 32, parallelism: 1 });
  } catch {
    return nodeArgon2;
  }
}
