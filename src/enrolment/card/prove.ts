import type { Account } from '#src/account/account.ts';
import { personKey } from '#src/crypto/keyring.ts';
import type { TypedProof } from '#src/enrolment/card/form.ts';
import { type Dossier, type Kept, saveAnswers } from '#src/enrolment/dossier.ts';
import { answer } from '#src/enrolment/journey.ts';
import { recordAttempt } from '#src/limits/attempts.ts';
import { findInsured } from '#src/register/store.ts';
import { proofAgrees } from '#src/register/verifiers.ts';
import type { Services } from '#src/services.ts';

export type Proven =
  | Kept
  | { readonly kind: 'disagrees' }
  | { readonly kind: 'blocked'; readonly nextAt: Date }
  /** The person has an open account: see `closeForExisting`. */
  | { readonly kind: 'account-exists' };

/**
 * Judges the proof by carte Vitale and IBAN. Both values are judged together: one answer, in the same time, that
 * never says which of them was wrong. Failures count against the person, whoever tries, and the client's address.
 */
export async function prove(
  { db, keyring, limits }: Pick<Services, 'db' | 'keyring' | 'limits'>,
  { dossier, account }: { readonly dossier: Dossier; readonly account: Account | null },
  typed: TypedProof,
  client: Buffer | null,
  now: Date,
): Promise<Proven> {
  const { identity } = dossier.answers;
  const found = await findInsured(db, keyring, identity.nir);
  const proven = found !== null && proofAgrees(keyring, found.personKey, typed, found);
  const subject = personKey(keyring, identity.nir);
  const tried = await recordAttempt(
    db,
    now,
    proven,
    [
      { rule: limits.proof, subject },
      { rule: limits.clientAddress, subject: client },
    ],
    { personKey: dossier.personKey, kind: 'proof-refused' },
  );
  if (tried.blocked && tried.nextAt) return { kind: 'blocked', nextAt: tried.nextAt };
  if (!proven) return { kind: 'disagrees' };
  if (account && account.status !== 'pending') return { kind: 'account-exists' };
  const answers = answer(dossier.answers, { proof: { route: 'carte-vitale', at: now.toISOString() } });
  const event = { kind: 'proof-accepted', details: { route: 'carte-vitale' } } as const;
  return saveAnswers(db, keyring, dossier, answers, event, now);
}
