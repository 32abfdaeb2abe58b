import { sessionCookie } from '#src/access/session-cookie.ts';
import { recording } from '#src/audit/record.ts';
import type { Reachable } from '#src/codes/rules.ts';
import { also, atOnce, type Write } from '#src/database/at-once.ts';
import { discardingDossier, storingDossier } from '#src/dossiers/dossier.ts';
import { identityAccepted } from '#src/enrolment/events.ts';
import type { Answers } from '#src/journey/answers.ts';
import { answer, begin, currentPath, currentStep } from '#src/journey/journey.ts';
import type { IdentityForm } from '#src/page-parts/identity/form.ts';
import { eligibility } from '#src/register/eligibility.ts';
import type { FoundInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import { beginningSession, type IssuedToken, type Issuing } from '#src/sessions/change-session.ts';
import { sessionLife } from '#src/sessions/life.ts';
import type { Session } from '#src/sessions/session.ts';
import type { Carrier } from '#src/sessions/token.ts';
import { parisDate } from '#src/time/paris.ts';
import { type Answer, redirect } from '#src/web/page.ts';

/** A person of the register begins: how they were recognised, and the session of their browser before. */
export interface Beginning {
  /** The typed identity that agrees with the register; null when FranceConnect or a code identified the person. */
  readonly form: IdentityForm | null;
  readonly found: FoundInsured;
  /** The proof, where FranceConnect or a code gave one. */
  readonly proof?: NonNullable<Answers['proof']>;
  readonly older: Session | null;
  /** As in `BeginningSession`. */
  readonly once?: Buffer;
  /** What is recorded at once, and may be required: that the try which recognised the person counts as right. */
  readonly passing?: readonly Write[];
  readonly now: Date;
}

/** As `beginEnrolment`, for a browser: sets the session’s cookie and redirects to the next step. */
export async function beginDossier(services: Services, beginning: Beginning): Promise<Answer | null> {
  const begun = await beginEnrolment(services, beginning, 'cookie');
  return begun && redirect(currentPath(begun.answers), sessionCookie(begun.issued));
}

/**
 * Opens the dossier of a recognised person, with a new session; the older session of the browser or program ends. The
 * proof of a person who may not enrol is dropped. Null, with nothing written, when what is required does not hold.
 */
export async function beginEnrolment(
  services: Services,
  beginning: Beginning,
  carrier: Carrier,
): Promise<{ readonly issued: IssuedToken; readonly answers: Answers } | null> {
  const { found, proof, older, once, passing = [], now } = beginning;
  const begun = begin(identityAnswer(services, beginning));
  const answers = proof && begun.identity.mayEnrol ? answer(begun, { proof }) : begun;
  const { personKey } = found;
  const { db } = services;
  const { writes, issued } = startingDossier(services, { personKey, answers, carrier, older, once }, now);
  const details = { step: currentStep(answers) };
  const event = { person: personKey, actor: actorOf({ carrier }), at: now, details };
  const isBegun = await atOnce(db, [...writes, ...passing, recording(db, identityAccepted, event)]);
  if (!isBegun) return null;
  if (!older) services.passwords.bookEnrolment();
  return { issued, answers };
}

export interface DossierStart {
  readonly personKey: Buffer;
  readonly answers: Answers;
  readonly carrier: Carrier;
  /** The session of the browser or program before: it ends, and its dossier is deleted. */
  readonly older: Session | null;
  readonly once?: Buffer | undefined;
}

/** Stores a new dossier and begins its session. */
export function startingDossier(
  { db, keyring, random, policy }: Pick<Services, 'db' | 'keyring' | 'random' | 'policy'>,
  { personKey, answers, carrier, older, once }: DossierStart,
  now: Date,
): Issuing {
  const id = random.uuid();
  const power = { kind: 'enrolment', dossierId: id } as const;
  const life = sessionLife(policy, 'enrolment', now);
  const session = { personKey, power, carrier, older, ...life, ...(once ? { once } : {}) };
  const { writes, issued } = beginningSession({ keyring, random }, session, now);
  const discarded = older?.dossier ? [also(discardingDossier(db, older.dossier))] : [];
  const stored = also(storingDossier(db, keyring, { personKey, id, answers }, now));
  return { writes: [...writes, ...discarded, stored], issued };
}

function reachableOf(insured: Reachable): Reachable {
  const { knownMobile, knownEmail, address, postalCode, givenNames, birthName, usageName } = insured;
  return { knownMobile, knownEmail, address, postalCode, givenNames, birthName, usageName };
}

function identityAnswer({ policy }: Services, { form, found, now }: Beginning): Answers['identity'] {
  const { insured } = found;
  const { mayEnrol, cardRoute, reasons } = eligibility(found, policy, parisDate(now));
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
