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

export const devicesForgotten = auditKind('devices-forgotten');
