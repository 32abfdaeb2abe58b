import { auditKind } from '#src/audit/kind.ts';
import type { BounceReason } from '#src/notices/after-hand-over.ts';
import type { DeliveryRefusal } from '#src/notices/reasons.ts';

/** A mail that tells of deposits, or reminds of a document, was accepted by the mail server; `notice` is its id. */
export const depositMailHandedOver = auditKind('deposit-mail-handed-over').with<{ notice: string }>();

/** Such a mail was refused or given up. */
export const depositMailRefused = auditKind('deposit-mail-refused').with<{
  notice: string;
  reason: DeliveryRefusal;
}>();

/** A notice bounced after its hand-over; `notice` is its id. */
export const noticeBounced = auditKind('notice-bounced').with<{
  notice: string;
  kind: string;
  channel: string;
  reason: BounceReason;
}>();
