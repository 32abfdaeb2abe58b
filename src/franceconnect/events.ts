import { auditKind } from '#src/audit/kind.ts';

/** A return from FranceConnect opened nothing. `reason`: of the outcome, or the word for what failed at the provider. */
export const franceConnectRefused = auditKind('franceconnect-refused').with<{ reason: string }>();

export const franceConnectUnlinked = auditKind('franceconnect-unlinked');
