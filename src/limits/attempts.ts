import type { AuditKind } from '#src/audit/event.ts';
import { type AuditDetails, auditKind } from '#src/audit/kind.ts';
import type { Attempt } from '#src/limits/attempt.ts';
import * as counting from '#src/limits/record-attempt.ts';

export { type Attempt, blockedUntil, ofClient } from '#src/limits/attempt.ts';

// Going away: callers move to record-attempt.ts, with a refusal that names its actor.

interface AttemptResult {
  readonly blocked: boolean;
  readonly nextAt: Date | null;
  readonly consecutive: number;
}

interface Refusal {
  readonly personKey: Buffer;
  readonly kind: AuditKind;
  readonly details?: AuditDetails;
}

function now({ personKey, kind, details = {} }: Refusal): counting.Refusal {
  return counting.refusal(auditKind(kind).with<AuditDetails>(), {
    person: personKey,
    actor: { kind: 'person' },
    details,
  });
}

function former(result: counting.AttemptResult): AttemptResult {
  return result.kind === 'blocked'
    ? { blocked: true, nextAt: result.until, consecutive: 0 }
    : { blocked: false, nextAt: result.nextTryAt, consecutive: result.consecutive };
}

export async function recordAttempt(
  needs: counting.CountNeeds,
  at: Date,
  ok: boolean,
  attempts: readonly Attempt[],
  refusal: Refusal | null,
): Promise<AttemptResult> {
  return former(await counting.recordAttempt(needs, at, ok, attempts, refusal && now(refusal)));
}
