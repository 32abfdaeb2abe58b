import { auditKind } from '#src/audit/kind.ts';

/** A European card was ordered for each of these ranks («1,2»), by a message to the caisse. */
export const europeanCardOrdered = auditKind('european-card-ordered').with<{
  ranks: string;
  message: string;
}>();
