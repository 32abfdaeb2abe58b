import type { CheckableKind } from '#src/attestations/attestation.ts';
import { auditKind } from '#src/audit/kind.ts';

/** A paper was made that anybody can check by its code; `health`: with health information. */
export const attestationIssued = auditKind('attestation-issued').with<{
  kind: CheckableKind;
  id: string;
  rank: number;
  health: boolean;
}>();
