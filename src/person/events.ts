import { auditKind } from '#src/audit/kind.ts';

/**
 * What an agent did for a person, and why. The agent is the actor of the event; `reason` is what they typed, refused where
 * it names somebody (`readReason`).
 */
type Why = { readonly reason: string };

export const personErased = auditKind('person-erased').with<
  | ({ readonly by: 'agent' } & Why)
  /** A backup was restored, and the erasure done again. */
  | { readonly by: 'replay' }
>();
