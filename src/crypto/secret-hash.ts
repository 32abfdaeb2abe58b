import { hash } from 'node:crypto';

/** The stored hash of an opaque secret of 256 random bits (of a link, a journey, a browser). */
export function secretHash(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
