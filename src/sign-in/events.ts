import { auditKind } from '#src/audit/kind.ts';

/** Somebody signed in: to the account, or to the page where a pending one waits. */
export const signedInEvent = auditKind('signed-in').with<
  | { readonly kind: 'account' | 'waiting' }
  | { readonly kind: 'account' | 'waiting'; readonly by: 'franceconnect' }
>();

export const signInRefused = auditKind('sign-in-refused');

/** So many failures in a row that the owner is told, or the password ends. */
export const signInLocked = auditKind('sign-in-locked').with<{
  readonly consecutive: number;
  readonly disabled: boolean;
}>();

export const passwordResetAsked = auditKind('password-reset-asked');
export const passwordReset = auditKind('password-reset');
