import { auditKind } from '#src/audit/kind.ts';

export const pendingExpired = auditKind('pending-expired');
export const unusedWarned = auditKind('account-unused-warned');
export const accountDeleted = auditKind('account-deleted');
/** The register reports that the person died or left, or corrects such a report. */
type RegisterSays = { readonly by: 'register'; readonly for: 'death' | 'departure' };
export const accountClosed = auditKind('account-closed').with<RegisterSays>();
export const accountReopened = auditKind('account-reopened').with<RegisterSays>();
/** The person was told that they are no longer in the register, by which channel, and until when their account stays. */
export const departureTold = auditKind('departure-told').with<{
  by: 'email' | 'letter' | 'nothing';
  until: string;
}>();
/** The person was told that they are in the register again. */
export const departureUndone = auditKind('departure-undone');
