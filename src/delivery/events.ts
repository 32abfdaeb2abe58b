import { auditKind } from '#src/audit/kind.ts';
import type { BounceReason } from '#src/notices/after-hand-over.ts';

/** A notice bounced after its hand-over. */
export const noticeBounced = auditKind('notice-bounced').with<{
  kind: string;
  channel: string;
  reason: BounceReason;
}>();
