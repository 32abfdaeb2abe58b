import type { Account } from '#src/accounts/account.ts';
import { auditKind } from '#src/audit/kind.ts';
import type { HoldReason } from '#src/codes/holds.ts';
import type { CodeChannel } from '#src/codes/rules.ts';
import type { currentStep } from '#src/journey/journey.ts';

type Route = 'carte-vitale' | 'franceconnect' | 'code-provisoire';

export const identityAccepted = auditKind('identity-accepted').with<{
  step: ReturnType<typeof currentStep>;
}>();
export const identityRefused = auditKind('identity-refused');
export const proofAccepted = auditKind('proof-accepted').with<
  { route: Route } | { route: Route; channel: CodeChannel }
>();
export const proofRefused = auditKind('proof-refused');
export const codeRequested = auditKind('code-requested').with<{ channel: CodeChannel }>();
export const codeWithheld = auditKind('code-withheld').with<{ channel: CodeChannel; reason: HoldReason }>();
export const termsAccepted = auditKind('terms-accepted').with<{ version: string }>();
export const termsRefused = auditKind('terms-refused').with<{ version: string }>();
export const passwordChosen = auditKind('password-chosen');
export const accountCreated = auditKind('account-created').with<{ route: Route }>();
export const accountExists = auditKind('account-exists').with<{ status: Account['status'] }>();
export const confirmationResent = auditKind('confirmation-resent');
export const addressCorrected = auditKind('address-corrected');
export const reminderSent = auditKind('reminder-sent');
export const emailConfirmed = auditKind('email-confirmed');
