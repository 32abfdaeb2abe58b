import type { Account } from '#src/accounts/account.ts';
import { type EmailCodeTry, tryCode } from '#src/confirmations/try-code.ts';
import { activate } from '#src/enrolment/confirmation/activate.ts';
import type { Services } from '#src/services.ts';

export type Confirmed =
  | { readonly kind: 'confirmed' | 'wrong' }
  | { readonly kind: 'blocked'; readonly nextAt: Date };

/**
 * Tries the code of the mail, and makes the account active when it is right. Failures count against the client's
 * address too. `account` is null for a number that waits for nothing: the same work is done.
 */
export async function confirmCode(
  services: Services,
  account: Account | null,
  attempt: Omit<EmailCodeTry, 'purpose'>,
): Promise<Confirmed> {
  const tried = await tryCode(services, { ...attempt, purpose: 'activation' });
  if (tried.result === 'blocked') return { kind: 'blocked', nextAt: tried.nextAt };
  if (tried.result === 'wrong' || !account) return { kind: 'wrong' };
  const active = await activate(services, account, tried.confirmation.id, attempt.at);
  return { kind: active ? 'confirmed' : 'wrong' };
}
