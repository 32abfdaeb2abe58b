import { hash } from 'node:crypto';

/** A digest of a request’s method, address and body: equal for two requests only when all three are. */
export function requestDigest({
  method,
  url,
  body,
}: {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
}): Buffer {
  return hash('sha256', JSON.stringify([method, url, body ?? null]), 'buffer');
}
