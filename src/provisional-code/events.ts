import { auditKind } from '#src/audit/kind.ts';
import type { CodeChannel } from '#src/codes/rules.ts';

export const codeAccepted = auditKind('code-accepted').with<{ channel: CodeChannel }>();
