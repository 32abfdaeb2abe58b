import type { Completion } from '#src/franceconnect/france-connect.ts';
import { Unfit } from '#src/oidc/metadata.ts';
import { Unreachable } from '#src/oidc/wire.ts';

/** What providers answer instead of a code, when it is nobody's fault here. */
const theirErrors: ReadonlySet<string> = new Set([
  'server_error',
  'temporarily_unavailable',
  'invalid_scope',
  'invalid_request',
  'unauthorized_client',
  'unsupported_response_type',
  'login_required',
  'consent_required',
  'interaction_required',
]);

/**
 * What a failed return means. `access_denied` is said of somebody who went back, and of somebody whom civil status
 * does not know or not for certain; only the description tells them apart, where there is one.
 */
export function failureOf(error: unknown, callback: URLSearchParams): Completion {
  if (isNamed(error, 'AuthorizationResponseError')) {
    const code = callback.get('error') ?? '';
    if (code === 'access_denied') {
      const told = callback.get('error_description') ?? '';
      const went = told === '' || /abort|cancel|annul|interrupt|refus|denied|back/i.test(told);
      return { result: 'refused', reason: went ? 'cancelled' : 'not-recognised' };
    }
    return { result: 'technical', reason: theirErrors.has(code) ? code.replaceAll('_', '-') : 'other-error' };
  }
  if (isUnreachable(error)) return { result: 'technical', reason: 'unreachable' };
  const unfit = unfitnessOf(error);
  if (unfit !== null) return { result: 'technical', reason: unfit };
  if (isNamed(error, 'ResponseBodyError')) return { result: 'technical', reason: 'code-refused' };
  return { result: 'technical', reason: wordOf(error) };
}

/** The library wraps what its fetch threw. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  return error instanceof Error && error.cause !== error && isUnreachable(error.cause);
}

/** What of the provider cannot be used; the library wraps this too. */
export function unfitnessOf(error: unknown): string | null {
  if (error instanceof Unfit) return error.reason;
  return error instanceof Error && error.cause !== error ? unfitnessOf(error.cause) : null;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** The library's own code, which holds nothing of the answer. */
function wordOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^OAUTH_[A-Z_]+$/.test(code)
    ? code.slice('OAUTH_'.length).toLowerCase().replaceAll('_', '-')
    : 'invalid';
}
