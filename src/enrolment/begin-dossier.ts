import type { Reachable } from '#src/codes/rules.ts';
import type { Answers } from '#src/enrolment/answers.ts';
import { openDossier } from '#src/enrolment/dossier.ts';
import type { IdentityForm } from '#src/enrolment/identity/form.ts';
import { answer, begin, currentPath } from '#src/enrolment/journey.ts';
import { parisDate } from '#src/paris.ts';
import { eligibility } from '#src/register/eligibility.ts';
import type { FoundInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { type Answer, redirect } from '#src/web/page.ts';
import { newSessionToken, type Session, tokenHash } from '#src/web/session.ts';

/** Somebody whom the register knows begins: how they were recognised, and the session their browser came with. */
export interface Beginning {
  /** What was typed and agrees with the register; null when FranceConnect or a code told who the person is. */
  readonly form: IdentityForm | null;
  readonly found: FoundInsured;
  /** The proof already made, for those who come with one. */
  readonly proof?: NonNullable<Answers['proof']>;
  readonly older: Session | null;
  readonly at: Date;
}

/** As `openCase`, for a browser: the session is its cookie, and the answer leads to where the person stands. */
export async function beginDossier(services: Services, beginning: Beginning): Promise<Answer> {
  const { token, answers } = await openCase(services, beginning, tokenHash);
  return redirect(currentPath(answers), {
    name: 'session',
    value: token,
    maxAgeSeconds: services.policy.session.enrolmentAbsoluteMinutes * 60,
  });
}

/**
 * Opens the dossier of a recognised person, with a new session, of which `hashOf` makes what is stored. The session
 * that the browser came with ends. A proof opens nothing to somebody who may not enrol.
 */
export async function openCase(
  services: Services,
  beginning: Beginning,
  hashOf: (token: string) => Buffer,
): Promise<{ readonly token: string; readonly answers: Answers }> {
  const { db, keyring, random, policy } = services;
  const { found, proof, older, at } = beginning;
  const begun = begin(identityAnswer(services, beginning));
  const answers = proof && begun.identity.mayEnrol ? answer(begun, { proof }) : begun;
  const token = newSessionToken(random);
  const { enrolmentIdleMinutes, enrolmentAbsoluteMinutes } = policy.session;
  const session = {
    tokenHash: hashOf(token),
    idleMinutes: enrolmentIdleMinutes,
    expiresAt: new Date(at.getTime() + enrolmentAbsoluteMinutes * 60_000),
  };
  await openDossier(
    db,
    keyring,
    { personKey: found.personKey, id: random.uuid(), answers },
    session,
    older,
    at,
  );
  return { token, answers };
}

function reachableOf(insured: Reachable): Reachable {
  const { knownMobile, knownEmail, address, postalCode, givenNames, birthName, usageName } = insured;
  return { knownMobile, knownEmail, address, postalCode, givenNames, birthName, usageName };
}

function identityAnswer({ policy }: Services, { form, found, at }: Beginning): Answers['identity'] {
  const { insured } = found;
  const { mayEnrol, cardRoute, reasons } = eligibility(insured, policy, parisDate(at));
  const { birthName: name, nir, birthDate, postalCode } = insured;
  return {
    ...(form ?? { name, nir, birthDate, postalCode }),
    bars: [...reasons],
    mayEnrol,
    regime: insured.regime,
    undisclosed: form !== null && !cardRoute && policy.identity.answer === 'neutral',
    cardRoute,
    cardType: insured.card?.type ?? null,
    ibanStart: insured.ibanStart,
    caisse: insured.caisse,
    names: [insured.birthName, ...(insured.usageName ? [insured.usageName] : []), ...insured.givenNames],
    registeredBirthDate: insured.birthDate,
    reachable: reachableOf(insured),
    typed: form !== null,
  };
}
