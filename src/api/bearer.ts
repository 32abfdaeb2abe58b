import { hash } from 'node:crypto';
import { tokenHash } from '#src/web/session.ts';

/**
 * What is stored of a program's token. Hashed once more than a cookie: no cookie opens what a token opens, and no
 * token what a cookie does.
 */
export function bearerHash(token: string): Buffer {
  return hash('sha256', tokenHash(token), 'buffer');
}

/** The token of an `Authorization` header; null when there is none that could be ours. */
export function bearerIn(header: string | undefined): string | null {
  return /^Bearer +([\w-]{43})$/i.exec(header ?? '')?.[1] ?? null;
}
