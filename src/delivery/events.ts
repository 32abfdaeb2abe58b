import { auditKind } from '#src/audit/kind.ts';

/** A notice came back after its hand-over. */
export const noticeBounced = auditKind('notice-bounced').with<{
  kind: string;
  channel: string;
  reason: string;
}>();
