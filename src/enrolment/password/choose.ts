import type { OpenDossier } from '#src/access/who.ts';
import { recording } from '#src/audit/record.ts';
import type { Dossier } from '#src/dossiers/dossier.ts';
import { passwordChosen } from '#src/enrolment/events.ts';
import { type Kept, keepAnswers } from '#src/enrolment/keep-answers.ts';
import type { HashOnce } from '#src/enrolment/password/hash-once.ts';
import { answer } from '#src/journey/journey.ts';
import type { Client } from '#src/limits/client-address.ts';
import { retryAfterSeconds } from '#src/passwords/lane-result.ts';
import type { PasswordContext } from '#src/passwords/rules.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';

export type PasswordChoice =
  | Kept
  /** Too many passwords are being hashed, or the client has left: nothing was stored. */
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

/** What the password of this dossier is judged against. */
export function passwordContext(
  { answers }: Pick<Dossier, 'answers'>,
  policy: Pick<Policy, 'password'>,
): PasswordContext {
  const { nir, registeredBirthDate: birthDate, names } = answers.identity;
  return { policy: policy.password, nir, birthDate, names };
}

/** Hashes a valid password, and stores the hash in the dossier. */
export async function choosePassword(
  services: Pick<Services, 'db' | 'keyring'>,
  hashOnce: HashOnce,
  enrolment: OpenDossier,
  password: string,
  { signal, client, now }: { readonly signal: AbortSignal; readonly client: Client; readonly now: Date },
): Promise<PasswordChoice> {
  const { dossier } = enrolment;
  const hashed = await hashOnce(dossier, password, {
    nir: dossier.answers.identity.nir,
    client,
    ahead: true,
    signal,
  });
  if (!hashed.ok) return { kind: 'busy', retryAfterSeconds: retryAfterSeconds(hashed) };
  const answers = answer(dossier.answers, { password: { hash: hashed.value, at: now.toISOString() } });
  return keepAnswers(
    services,
    enrolment,
    answers,
    (circumstances) => recording(services.db, passwordChosen, circumstances),
    now,
  );
}
