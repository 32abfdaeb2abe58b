import type { OpenDossier } from '#src/access/who.ts';
import { type Account, endsEnrolment } from '#src/accounts/account.ts';
import { recording } from '#src/audit/record.ts';
import { personKey as personKeyOf } from '#src/crypto/keyring.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import { savingAnswers } from '#src/dossiers/dossier.ts';
import type { TypedProof } from '#src/enrolment/card/form.ts';
import { proofAccepted, proofRefused } from '#src/enrolment/events.ts';
import type { Answers } from '#src/journey/answers.ts';
import { answer } from '#src/journey/journey.ts';
import { ofClient, ofSubject } from '#src/limits/attempt.ts';
import type { Client } from '#src/limits/client-address.ts';
import { type FewTries, fewTriesLeft } from '#src/limits/last-try.ts';
import { passing, recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import { recordFrozenMet } from '#src/ownership/reclaim.ts';
import { proofAgrees } from '#src/proofs/verifiers.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import { continuingSession, type IssuedToken } from '#src/sessions/change-session.ts';

export type CardProof =
  | { readonly kind: 'proved'; readonly answers: Answers; readonly issued: IssuedToken }
  | {
      readonly kind: 'disagrees';
      readonly few: FewTries | null;
    }
  | { readonly kind: 'blocked'; readonly until: Date }
  /** The person has an open account: see `closeForExisting`. */
  | { readonly kind: 'account-exists'; readonly account: Account }
  /** The person’s account is frozen, and the card does not suffice to reclaim it (`mayReclaim`). */
  | { readonly kind: 'account-frozen' }
  /** Nothing was stored: a concurrent request of this session was faster. */
  | { readonly kind: 'overtaken' };

/**
 * Judges the proof by carte Vitale and IBAN. Both values are compared, and one answer, in the same time, never says which
 * of them was wrong. Failures count against the person, from whatever client, and against the client. The proof is given
 * to this session alone, which continues under a new token.
 */
export async function prove(
  services: Pick<Services, 'db' | 'keyring' | 'limits' | 'events'>,
  { session, dossier }: OpenDossier,
  typed: TypedProof,
  client: Client,
  now: Date,
): Promise<CardProof> {
  const { db, keyring, limits } = services;
  const { personKey, answers } = dossier;
  const { nir } = answers.identity;
  const actor = actorOf(session);
  const found = await findInsured(db, keyring, nir);
  const agrees = found !== null && proofAgrees(keyring, nir, typed, found);
  const subject = personKeyOf(keyring, nir);
  const tries = [ofSubject(limits.proof, subject, client), ...ofClient(limits.client.proof, client, subject)];
  const event = refusal(proofRefused, { person: personKey, actor });
  const { account } = session;
  const ending = account && (account.status === 'frozen' || endsEnrolment(account)) ? account : null;
  if (!agrees || ending) {
    const counted = await recordAttempt(services, now, agrees, tries, event);
    if (counted.kind === 'blocked') return counted;
    if (!agrees || !ending) return { kind: 'disagrees', few: await fewTriesLeft(db, counted, tries, now) };
    if (ending.status !== 'frozen') return { kind: 'account-exists', account: ending };
    await recordFrozenMet(db, personKey, { route: 'carte-vitale' }, now);
    return { kind: 'account-frozen' };
  }
  const proven = answer(answers, { proof: { route: 'carte-vitale', at: now.toISOString() } });
  const { writes, issued } = continuingSession(db, { keyring }, { session }, now);
  const details = { route: 'carte-vitale' } as const;
  const isDone = await atOnce(db, [
    ...writes,
    required(savingAnswers(keyring, dossier, proven, now)),
    passing(db, tries, now),
    recording(db, proofAccepted, { person: personKey, actor, at: now, details }),
  ]);
  if (isDone) return { kind: 'proved', answers: proven, issued };
  const passed = await recordAttempt(services, now, true, tries, event);
  return passed.kind === 'blocked' ? passed : { kind: 'overtaken' };
}
