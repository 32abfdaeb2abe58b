import { auditKind } from '#src/audit/kind.ts';
import type { DepositKind } from '#src/deposits/deposit.ts';

/** A sender deposited something for a person; `id` is of what it became; `told`: a mail is to tell the person of it. */
export const deposited = auditKind('deposited').with<{
  kind: DepositKind;
  sender: string;
  id: string;
  told: boolean;
}>();

/** Who may deposit was changed, by an operator. */
export const senderChanged = auditKind('sender-changed').with<{
  sender: string;
  change: 'add' | 'keys' | 'scopes' | 'enable' | 'disable';
}>();
