import { sql } from 'kysely';
import { seal } from '#src/crypto/keyring.ts';
import type { Answers } from '#src/enrolment/answers.ts';
import { beginDossier } from '#src/enrolment/begin-dossier.ts';
import { dossierPlace } from '#src/enrolment/dossier.ts';
import type { IdentityForm } from '#src/enrolment/identity/form.ts';
import { begin, currentPath, currentStep } from '#src/enrolment/journey.ts';
import type { FoundInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { type Answer, redirect } from '#src/web/page.ts';
import { newSessionToken, type Session, tokenHash } from '#src/web/session.ts';

/** What stands among the bars of somebody whom the register did not recognise: for the agent. */
const notRecognised = 'not-recognised';

/** Whether a dossier is about nobody: it was opened so that not being recognised looks like being stopped. */
export function isNobody({ identity }: Answers): boolean {
  return identity.bars.includes(notRecognised);
}

interface Beginning {
  readonly form: IdentityForm;
  readonly found: FoundInsured | null;
  readonly older: Session | null;
  readonly at: Date;
}

/**
 * The answer of a neutral policy to everybody who cannot go on by the card: same status, same cookie, same page.
 *
 * Somebody who was recognised gets their dossier. Somebody who was not gets a dossier of nobody, under a person key
 * drawn at random: what was typed is shown back and an agent can be told, and it touches nobody’s data.
 */
export async function beginUndisclosed(services: Services, beginning: Beginning): Promise<Answer> {
  const { form, found, older, at } = beginning;
  if (found) return beginDossier(services, { form, found, older, at });
  const { db, keyring, random, policy } = services;
  const answers = begin(nobody(form));
  const personKey = random.bytes(32);
  const id = random.uuid();
  const sealed = seal(keyring, dossierPlace(personKey, id), answers);
  const token = newSessionToken(random);
  const { enrolmentIdleMinutes, enrolmentAbsoluteMinutes } = policy.session;
  const expiresAt = new Date(at.getTime() + enrolmentAbsoluteMinutes * 60_000);
  await sql`
    with opened as (
      insert into dossier (person_key, id, answers, step, version, created_at, updated_at)
      values (${personKey}, ${id}, ${sealed}, ${currentStep(answers)}, 1, ${at}, ${at})
    ), visited as (
      insert into session (person_key, token_hash, kind, dossier_id, created_at, seen_at, idle_minutes, expires_at)
      values (${personKey}, ${tokenHash(token)}, 'enrolment', ${id}, ${at}, ${at}, ${enrolmentIdleMinutes}, ${expiresAt})
    ), ended as (
      delete from session where person_key = ${older?.personKey ?? null} and token_hash = ${older?.tokenHash ?? null}
    )
    delete from dossier
    where person_key = ${older?.personKey ?? null} and id = ${older?.dossier?.id ?? null} and closed_at is null`.execute(
    db,
  );
  const maxAgeSeconds = enrolmentAbsoluteMinutes * 60;
  return redirect(currentPath(answers), { name: 'session', value: token, maxAgeSeconds });
}

function nobody(form: IdentityForm): Answers['identity'] {
  return {
    ...form,
    bars: [notRecognised],
    mayEnrol: false,
    undisclosed: true,
    cardRoute: false,
    cardType: null,
    ibanStart: null,
    caisse: '',
    names: [],
    registeredBirthDate: form.birthDate,
    reachable: null,
    typed: true,
  };
}
