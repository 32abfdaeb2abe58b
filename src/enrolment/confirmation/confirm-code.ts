import type { Account } from '#src/account/account.ts';
import { activate } from '#src/enrolment/confirmation/activate.ts';
import { tryCode } from '#src/enrolment/confirmation/try-code.ts';
import { ofClient, recordAttempt } from '#src/limits/attempts.ts';
import type { Client } from '#src/limits/client-address.ts';
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
  person: { readonly personKey: Buffer; readonly account: Account | null },
  code: string,
  client: Client,
  now: Date,
): Promise<Confirmed> {
  const { db, limits } = services;
  const { personKey, account } = person;
  const confirmation = await tryCode(db, services, { personKey, purpose: 'activation' }, code, now);
  const tried = await recordAttempt(
    services,
    now,
    confirmation !== null,
    ofClient(limits.client.confirmation, client, personKey),
    { personKey, kind: 'confirmation-refused' },
  );
  if (tried.blocked && tried.nextAt) return { kind: 'blocked', nextAt: tried.nextAt };
  const active = account && confirmation && (await activate(services, account, confirmation.id, now));
  return { kind: active ? 'confirmed' : 'wrong' };
}
