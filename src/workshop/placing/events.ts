import { auditKind } from '#src/audit/kind.ts';
import type { Step } from '#src/exercise/steps.ts';

/** A trainer put a seat back, or on, to a step: everything of its person was made what it was there. */
export const seatPut = auditKind('seat-put').with<{ to: Step }>();
