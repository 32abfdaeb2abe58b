import { auditKind } from '#src/audit/kind.ts';
import type { DeviceKind } from '#src/texts/device-texts.ts';

/** A sign-in: to the account, or to the waiting page of a pending one. */
export const signedInEvent = auditKind('signed-in').with<
  | { readonly kind: 'account' | 'waiting' }
  | { readonly kind: 'account' | 'waiting'; readonly by: 'franceconnect' }
>();

/** A sign-in from a browser that the account did not know; `mailed`: its owner was sent a mail. */
export const signedInFromNewDevice = auditKind('signed-in-from-new-device').with<
  DeviceKind & { readonly mailed: boolean }
>();

export const signInRefused = auditKind('sign-in-refused');

/** Enough consecutive failures for the owner to be notified, or the password to be disabled. */
export const signInLocked = auditKind('sign-in-locked').with<{
  readonly consecutive: number;
  readonly disabled: boolean;
}>();

export const passwordResetAsked = auditKind('password-reset-asked');
export const passwordReset = auditKind('password-reset');
