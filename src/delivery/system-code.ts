import { getSystemErrorName } from 'node:util';

/**
 * The system error code of a failed connection (`ECONNREFUSED`), from the innermost cause. Libraries that replace it by
 * a code of their own keep the number, or the original code (`originalCode`).
 */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const inner = error.cause === error ? undefined : systemCode(error.cause);
  if (inner !== undefined) return inner;
  const { errno, code, originalCode } = { errno: null, code: null, originalCode: null, ...error };
  if (typeof errno === 'number' && errno < 0) return getSystemErrorName(errno);
  return isCode(originalCode) ? originalCode : isCode(code) ? code : undefined;
}

function isCode(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z][A-Z\d_]{1,40}$/.test(value);
}
