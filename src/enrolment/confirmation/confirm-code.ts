import type { Account } from '#src/accounts/account.ts';
import { type EmailCodeTrial, type EmailCodeTry, tryEmailCode } from '#src/confirmations/try-email-code.ts';
import { activate } from '#src/enrolment/confirmation/activate.ts';
import type { Services } from '#src/services.ts';
import type { Held } from '#src/sessions/change-session.ts';

export type ConfirmedCode =
  | { readonly kind: 'confirmed' }
  | Exclude<EmailCodeTrial, { readonly kind: 'right' }>;

/**
 * Tries the code of the mail, and makes the account active if it is right. Failures count against the client too.
 * `account` is null for a NIR without a pending account: the same work is done. The session `ending` ends with the confirmation.
 */
export async function confirmCode(
  services: Services,
  account: Account | null,
  attempt: Omit<EmailCodeTry, 'purpose'>,
  ending: Held | null,
): Promise<ConfirmedCode> {
  const trial = await tryEmailCode(services, { ...attempt, purpose: 'activation' });
  if (trial.kind === 'blocked') return trial;
  if (trial.kind === 'wrong') return trial;
  if (!account) return { kind: 'wrong', left: null };
  const active = await activate(
    services,
    account,
    { confirmationId: trial.confirmation.id, actor: attempt.actor, ending },
    attempt.now,
  );
  return active ? { kind: 'confirmed' } : { kind: 'wrong', left: null };
}
