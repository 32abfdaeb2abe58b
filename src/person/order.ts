import type { AgentOrder } from '#src/ownership/freeze-account.ts';

/** Who does something for a person, why (as `readReason` accepted it), and whether it is only tried. */
export type Order = AgentOrder;

/** What identifies an agent: letters, digits, `-` and `_`, as the audit trail keeps it. Null for anything else. */
export function readAgent(typed: string): Order['agent'] | null {
  return /^[A-Za-z0-9_-]{1,64}$/.test(typed) ? { kind: 'agent', id: typed } : null;
}
