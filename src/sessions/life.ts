import type { Policy } from '#src/policy/schema.ts';
import type { Power } from '#src/sessions/session.ts';

/** How long a session of a kind lives from now: its idle time, and its absolute end. */
export function sessionLife(
  { session }: Pick<Policy, 'session'>,
  kind: Power['kind'],
  now: Date,
  mostMinutes = Number.POSITIVE_INFINITY,
): { readonly idleMinutes: number; readonly expiresAt: Date } {
  const signedIn = kind === 'account';
  const idleMinutes = signedIn ? session.accountIdleMinutes : session.enrolmentIdleMinutes;
  const minutes = signedIn ? session.accountAbsoluteMinutes : session.enrolmentAbsoluteMinutes;
  return { idleMinutes, expiresAt: new Date(now.getTime() + Math.min(minutes, mostMinutes) * 60_000) };
}
