import { auditKind } from '#src/audit/kind.ts';

export const signedOut = auditKind('signed-out').with<{
  readonly kind: 'enrolment' | 'waiting' | 'account';
}>();

export const passwordChanged = auditKind('password-changed');
export const addressChangeAsked = auditKind('address-change-asked');
export const addressChanged = auditKind('address-changed');
export const telephonesChanged = auditKind('telephones-changed');

/** The new answer to each purpose whose answer changed. */
export const consentsChanged = auditKind('consents-changed').with<Readonly<Record<string, boolean>>>();

/** How the person is written to; the phrase itself is not told. */
export const correspondenceChanged = auditKind('correspondence-changed').with<{
  paper: boolean;
  frequency: string;
  phrase: 'kept' | 'chosen' | 'removed';
}>();

/** This browser may keep pages to be read without a network, from now on or no longer. */
export const offlineChosen = auditKind('offline-reading-chosen');
export const offlineEnded = auditKind('offline-reading-ended');

export const devicesForgotten = auditKind('devices-forgotten');
