import { personKey } from '#src/crypto/keyring.ts';
import type { IdentityForm } from '#src/enrolment/identity/form.ts';
import { recordAttempt } from '#src/limits/attempts.ts';
import { matchIdentity } from '#src/register/matching.ts';
import { type FoundInsured, findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';

export type Identified =
  | { readonly kind: 'recognised'; readonly found: FoundInsured }
  /** Nobody, or somebody whose name, date or postal code differs: never told apart. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'blocked'; readonly nextAt: Date };

/**
 * Compares what somebody says of themselves with the register. Failures count against the NIR whether or not it
 * exists, and against the client's address.
 */
export async function identify(
  { db, keyring, limits }: Pick<Services, 'db' | 'keyring' | 'limits'>,
  form: IdentityForm,
  client: Buffer | null,
  now: Date,
): Promise<Identified> {
  const found = await findInsured(db, keyring, form.nir);
  const recognised = found !== null && matchIdentity(form, found.insured).matched;
  const subject = personKey(keyring, form.nir);
  const tried = await recordAttempt(
    db,
    now,
    recognised,
    [
      { rule: limits.identity, subject },
      { rule: limits.clientAddress, subject: client },
    ],
    { personKey: subject, kind: 'identity-refused' },
  );
  if (tried.blocked && tried.nextAt) return { kind: 'blocked', nextAt: tried.nextAt };
  return recognised ? { kind: 'recognised', found } : { kind: 'unknown' };
}
