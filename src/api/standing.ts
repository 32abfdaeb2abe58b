import type { Answers } from '#src/journey/answers.ts';
import { currentStep } from '#src/journey/journey.ts';
import { paths } from '#src/paths.ts';
import type { Session } from '#src/sessions/session.ts';

/** The root of the API. */
export const apiRoot = '/api/v1';

export const stages = [
  'verification',
  'conditions',
  'mot-de-passe',
  'coordonnees',
  'validation-email',
  'termine',
  'delai-passe',
  'autres-moyens',
  'non-eligible',
] as const;
export type Stage = (typeof stages)[number];

/** The stage of the enrolment, and the address of its next step: an endpoint, or a page where the API has none. */
export interface Standing {
  readonly etape: Stage;
  readonly suite: string;
}

const stageOfStep: Readonly<Record<ReturnType<typeof currentStep>, Stage>> = {
  proof: 'verification',
  terms: 'conditions',
  password: 'mot-de-passe',
  contact: 'coordonnees',
  'other-ways': 'autres-moyens',
  'not-eligible': 'non-eligible',
};

/** Stages that continue on pages. */
const onTheSite: Partial<Readonly<Record<Stage, string>>> = {
  termine: paths.signIn,
  'delai-passe': paths.identity,
  'autres-moyens': paths.identity,
  'non-eligible': paths.identity,
};

export function standingAt(etape: Stage): Standing {
  return { etape, suite: onTheSite[etape] ?? `${apiRoot}/dossier/${etape}` };
}

/** The standing of a dossier with these answers. */
export function standingOf(answers: Answers): Standing {
  return standingAt(stageOfStep[currentStep(answers)]);
}

/** The standing of a token: of its dossier, or of its account that waits for the confirmation of its address. */
export function standingIn({ dossier, account }: Session, now: Date): Standing {
  if (dossier) return standingOf(dossier.answers);
  if (account?.status !== 'pending') return standingAt('termine');
  return standingAt(account.pendingUntil <= now ? 'delai-passe' : 'validation-email');
}
