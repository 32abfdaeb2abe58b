import type { Actor } from '#src/audit/actor.ts';

/** Who does something for a person, why, and whether it is only tried. */
export interface Order {
  readonly agent: Actor & { readonly kind: 'agent' };
  /** As `readReason` accepted it. */
  readonly reason: string;
  /** Nothing is written: what is answered is what would happen. */
  readonly isRehearsal: boolean;
}

/** What identifies an agent: letters, digits, `-` and `_`, as the audit trail keeps it. Null for anything else. */
export function readAgent(typed: string): Order['agent'] | null {
  return /^[A-Za-z0-9_-]{1,64}$/.test(typed) ? { kind: 'agent', id: typed } : null;
}
