import { auditKind } from '#src/audit/kind.ts';

export const pendingExpired = auditKind('pending-expired');
export const unusedWarned = auditKind('account-unused-warned');
export const accountDeleted = auditKind('account-deleted');
/** The register reports that the person died, or corrects such a report. */
export const accountClosed = auditKind('account-closed').with<{ by: 'register' }>();
export const accountReopened = auditKind('account-reopened').with<{ by: 'register' }>();
