import type { Answers } from '#src/journey/answers.ts';
import { currentStep } from '#src/journey/journey.ts';
import { paths } from '#src/paths.ts';
import type { Session } from '#src/sessions/session.ts';

/** Where the addresses of the interface begin. */
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

/** Where a person stands, and the address at which they go on: ours, or the site’s where programs cannot. */
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

/** Stages at which the person goes on with the pages. */
const onTheSite: Partial<Readonly<Record<Stage, string>>> = {
  termine: paths.signIn,
  'delai-passe': paths.identity,
  'autres-moyens': paths.identity,
  'non-eligible': paths.identity,
};

export function standingAt(etape: Stage): Standing {
  return { etape, suite: onTheSite[etape] ?? `${apiRoot}/dossier/${etape}` };
}

/** By the answers of a dossier: the journey decides. */
export function standingOf(answers: Answers): Standing {
  return standingAt(stageOfStep[currentStep(answers)]);
}

/** By what a token opens: a dossier, or an account that waits for its address to be confirmed. */
export function standingIn({ dossier, account }: Session, now: Date): Standing {
  if (dossier) return standingOf(dossier.answers);
  if (account?.status !== 'pending') return standingAt('termine');
  return standingAt(account.pendingUntil <= now ? 'delai-passe' : 'validation-email');
}
