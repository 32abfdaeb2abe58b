import type { Account } from '#src/accounts/account.ts';
import {
  type EmailCodeTrial,
  type EmailCodeTry,
  isJustConfirmed,
  tryEmailCode,
} from '#src/confirmations/try-email-code.ts';
import { activate } from '#src/enrolment/confirmation/activate.ts';
import type { Services } from '#src/services.ts';
import type { Held } from '#src/sessions/change-session.ts';

export type ConfirmedCode =
  | { readonly kind: 'confirmed' }
  | Exclude<EmailCodeTrial, { readonly kind: 'right' }>;

/**
 * Tries the code of the mail, and makes the account active if it is right. Failures count against the client too.
 * `account` is null for a NIR without a pending account: the same work is done. The session `ending` ends with the confirmation. The
 * code that has just confirmed the address of this session, pressed twice, is right again.
 */
export async function confirmCode(
  services: Services,
  account: Account | null,
  attempt: Omit<EmailCodeTry, 'purpose'>,
  ending: Held | null,
): Promise<ConfirmedCode> {
  const purpose = 'activation';
  const trial = await tryEmailCode(services, { ...attempt, purpose });
  if (trial.kind === 'blocked') return trial;
  const { actor, now, own } = attempt;
  if (trial.kind === 'right' && account) {
    const confirmation = { confirmationId: trial.confirmation.id, actor, ending };
    if (await activate(services, account, confirmation, now)) return { kind: 'confirmed' };
  }
  if (own && (await isJustConfirmed(services, { ...attempt, purpose }))) return { kind: 'confirmed' };
  return trial.kind === 'wrong' ? trial : { kind: 'wrong', left: null };
}
