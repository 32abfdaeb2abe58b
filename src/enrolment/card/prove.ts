import { type Account, endsEnrolment } from '#src/accounts/account.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { type Dossier, saveAnswers } from '#src/dossiers/dossier.ts';
import type { TypedProof } from '#src/enrolment/card/form.ts';
import type { Answers } from '#src/journey/answers.ts';
import { answer } from '#src/journey/journey.ts';
import { ofClient, ofSubject, recordAttempt } from '#src/limits/attempts.ts';
import type { Client } from '#src/limits/client-address.ts';
import { tellFrozenMet } from '#src/ownership/reclaim.ts';
import { proofAgrees } from '#src/proofs/verifiers.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { continueSession, type IssuedToken } from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';

export type Proven =
  | { readonly kind: 'proved'; readonly answers: Answers; readonly issued: IssuedToken }
  | { readonly kind: 'disagrees' }
  | { readonly kind: 'blocked'; readonly until: Date }
  /** The person has an open account: see `closeForExisting`. */
  | { readonly kind: 'account-exists'; readonly account: Account }
  /** The person’s account is frozen, and the card is not enough to take it back (`mayReclaim`). */
  | { readonly kind: 'account-frozen' }
  /** Nothing was stored: another request of this session was faster. */
  | { readonly kind: 'overtaken' };

/**
 * Judges the proof by carte Vitale and IBAN. Both values are judged together: one answer, in the same time, that
 * never says which of them was wrong. Failures count against the person, whoever tries, and the client's address.
 * The proof is given to this session alone, which goes on under a new token.
 */
export async function prove(
  services: Pick<Services, 'db' | 'keyring' | 'limits' | 'events'>,
  { session, dossier }: { readonly session: Session; readonly dossier: Dossier },
  typed: TypedProof,
  client: Client,
  now: Date,
): Promise<Proven> {
  const { db, keyring, limits } = services;
  const { identity } = dossier.answers;
  const found = await findInsured(db, keyring, identity.nir);
  const proven = found !== null && proofAgrees(keyring, identity.nir, typed, found);
  const subject = personKey(keyring, identity.nir);
  const tried = await recordAttempt(
    services,
    now,
    proven,
    [ofSubject(limits.proof, subject, client), ...ofClient(limits.client.proof, client, subject)],
    { personKey: dossier.personKey, kind: 'proof-refused' },
  );
  if (tried.blocked && tried.nextAt) return { kind: 'blocked', until: tried.nextAt };
  if (!proven) return { kind: 'disagrees' };
  const { account } = session;
  if (account?.status === 'frozen') {
    await tellFrozenMet(db, dossier.personKey, { route: 'carte-vitale' }, now);
    return { kind: 'account-frozen' };
  }
  if (account && endsEnrolment(account)) return { kind: 'account-exists', account };
  const answers = answer(dossier.answers, { proof: { route: 'carte-vitale', at: now.toISOString() } });
  const event = { kind: 'proof-accepted', details: { route: 'carte-vitale' } } as const;
  const issued = await allOrNothing(db, async (trx) => {
    const continued = await continueSession(trx, { keyring }, { session }, now);
    const kept = continued && (await saveAnswers(trx, keyring, dossier, answers, event, now));
    return kept?.kind === 'kept' ? continued : null;
  });
  return issued ? { kind: 'proved', answers, issued } : { kind: 'overtaken' };
}
