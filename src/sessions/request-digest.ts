import { hash } from 'node:crypto';

/** What a request asks, in 32 bytes: two requests have one digest only when they ask the very same thing. */
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
