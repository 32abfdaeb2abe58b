import { Unfit } from '#src/oidc/metadata.ts';
import type { RefusedReason } from '#src/oidc/profile.ts';
import { Unreachable } from '#src/oidc/wire.ts';

/** A return that proves nobody. `detail`: a word for the audit and the log, never anything that came back. */
export type Failure =
  | { readonly kind: 'refused'; readonly reason: RefusedReason }
  /** The provider does not work, which is nobody’s doing. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** What came back cannot be trusted, or does not fit together. */
  | { readonly kind: 'invalid'; readonly detail: string };

/** What providers answer instead of a code, besides `access_denied`. */
const providerErrors: ReadonlyMap<string, 'unavailable' | 'invalid'> = new Map([
  ['server_error', 'unavailable'],
  ['temporarily_unavailable', 'unavailable'],
  ['invalid_scope', 'invalid'],
  ['invalid_request', 'invalid'],
  ['unauthorized_client', 'invalid'],
  ['unsupported_response_type', 'invalid'],
  ['login_required', 'invalid'],
  ['consent_required', 'invalid'],
  ['interaction_required', 'invalid'],
]);

/** What a failed return means; the profile says what the descriptions of its provider’s `access_denied` do. */
export function failureOf(
  error: unknown,
  callback: URLSearchParams,
  refusalOf: (description: string) => RefusedReason,
): Failure {
  if (isNamed(error, 'AuthorizationResponseError')) {
    const code = callback.get('error') ?? '';
    if (code === 'access_denied')
      return { kind: 'refused', reason: refusalOf(callback.get('error_description') ?? '') };
    const kind = providerErrors.get(code);
    return kind ? { kind, detail: code.replaceAll('_', '-') } : { kind: 'invalid', detail: 'other-error' };
  }
  if (isUnreachable(error)) return { kind: 'unavailable', detail: 'unreachable' };
  const unfit = unfitnessOf(error);
  if (unfit !== null) return { kind: 'invalid', detail: unfit };
  if (isNamed(error, 'ResponseBodyError')) return { kind: 'invalid', detail: 'code-refused' };
  return { kind: 'invalid', detail: wordOf(error) };
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
