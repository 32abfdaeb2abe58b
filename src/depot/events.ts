import { auditKind } from '#src/audit/kind.ts';
import type { DepositKind } from '#src/deposits/deposit.ts';

/** A sender deposited something for a person; `id` is of what it became. */
export const deposited = auditKind('deposited').with<{ kind: DepositKind; sender: string; id: string }>();
