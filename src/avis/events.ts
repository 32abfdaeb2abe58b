import { auditKind } from '#src/audit/kind.ts';

/** A mail that tells of deposits was queued; `notice` is its id. */
export const depositsTold = auditKind('deposits-told').with<{ notice: string; deposits: number }>();

/** Unsubscribed by the link of such a mail: paper from now on, for everything. */
export const depositsUntold = auditKind('deposits-untold').with<{ notice: string }>();
