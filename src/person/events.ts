import { auditKind } from '#src/audit/kind.ts';

/**
 * What an agent did for a person, and why. The agent is the actor of the event; `reason` is what they typed, refused where
 * it names somebody (`readReason`).
 */
type Why = { readonly reason: string };

/** An agent looked: for whether there is somebody, at what the person recognises, or at everything. */
export const personShown = auditKind('person-shown').with<
  Why & { readonly sight: 'found' | 'masked' | 'unmasked' }
>();
/** An operator closed the doors of the account, or opened them again; what it was before, or is again. */
export const accountDisabled = auditKind('account-disabled').with<
  Why & { readonly was: 'pending' | 'active' | 'frozen' }
>();
export const accountEnabled = auditKind('account-enabled').with<
  Why & { readonly is: 'pending' | 'active' | 'frozen' }
>();
/** How many counters of failures were ended, and whether the password is accepted from every browser again. */
export const personUnlocked = auditKind('person-unlocked').with<
  Why & { readonly counters: number; readonly password: boolean }
>();

export const personErased = auditKind('person-erased').with<
  | ({ readonly by: 'agent' } & Why)
  /** A backup was restored, and the erasure done again. */
  | { readonly by: 'replay' }
>();
