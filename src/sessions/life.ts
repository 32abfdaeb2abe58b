import type { Policy } from '#src/policy/schema.ts';
import type { Power } from '#src/sessions/change-session.ts';

/** How long a session of a kind lives from an instant: when it is left alone, and at most. */
export function sessionLife(
  { session }: Pick<Policy, 'session'>,
  kind: Power['kind'],
  at: Date,
  mostMinutes = Number.POSITIVE_INFINITY,
): { readonly idleMinutes: number; readonly expiresAt: Date } {
  const signedIn = kind === 'account';
  const idleMinutes = signedIn ? session.accountIdleMinutes : session.enrolmentIdleMinutes;
  const minutes = signedIn ? session.accountAbsoluteMinutes : session.enrolmentAbsoluteMinutes;
  return { idleMinutes, expiresAt: new Date(at.getTime() + Math.min(minutes, mostMinutes) * 60_000) };
}
