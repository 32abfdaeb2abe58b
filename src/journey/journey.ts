import type { Answers } from '#src/journey/answers.ts';
import { paths } from '#src/paths.ts';

/**
 * The journey: which steps there are, which may be visited, what comes next, what an answer cancels.
 *
 *     identity ─ proof ─ terms ─ password ─ contact ─ (account made) waiting for the e-mail ─ active
 *        ├ other ways (the card route is closed, or the card cannot be read)
 *        └ not eligible (enrolment is closed; under a neutral policy, the card route too: one page)
 *
 * A step may be visited once all earlier ones are answered. A proof is made once: it is not visited again.
 */
export const steps = ['proof', 'terms', 'password', 'contact'] as const;
export type Step = (typeof steps)[number];

interface StepRule {
  readonly path: string;
  /** Whether the answers so far let the person come here. */
  readonly open: (answers: Answers) => boolean;
  /** Whether this step has its answer. */
  readonly answered: (answers: Answers) => boolean;
}

export const stepRules: Readonly<Record<Step, StepRule>> = {
  proof: {
    path: paths.proof,
    open: ({ identity, proof }) => identity.mayEnrol && identity.cardRoute && proof === null,
    answered: ({ proof }) => proof !== null,
  },
  terms: {
    path: paths.terms,
    open: ({ proof }) => proof !== null,
    answered: ({ terms }) => terms?.accepted === true,
  },
  password: {
    path: paths.password,
    open: (answers) => stepRules.terms.open(answers) && stepRules.terms.answered(answers),
    answered: ({ password }) => password !== null,
  },
  contact: {
    path: paths.contact,
    open: (answers) => stepRules.password.open(answers) && stepRules.password.answered(answers),
    answered: () => false,
  },
};

/** Whether the person is stopped at the page that says so: they may not enrol, or nobody says whether they may. */
export function isStopped({ identity, proof }: Answers): boolean {
  return !identity.mayEnrol || (identity.undisclosed === true && proof === null);
}

/** Where the person stands: the address of the first step without an answer, the other ways, or the end. */
export function currentPath(answers: Answers): string {
  if (isStopped(answers)) return paths.notEligible;
  const next = steps.find((step) => !stepRules[step].answered(answers));
  if (next === undefined || !stepRules[next].open(answers)) return paths.otherWays;
  return stepRules[next].path;
}

/** The step the person stands at, for operators; `other-ways` or `not-eligible` when no step is open. */
export function currentStep(answers: Answers): Step | 'other-ways' | 'not-eligible' {
  if (isStopped(answers)) return 'not-eligible';
  const path = currentPath(answers);
  return steps.find((step) => stepRules[step].path === path) ?? 'other-ways';
}

/** The answers with one given or changed: whatever depended on the old one is forgotten. */
export function answer(answers: Answers, change: Partial<Omit<Answers, 'identity'>>): Answers {
  const next = { ...answers, ...change };
  const refused = next.terms?.accepted === false;
  return refused ? { ...next, password: null } : next;
}

/** A new dossier: an identity that the register knows, and nothing else yet. */
export function begin(identity: Answers['identity']): Answers {
  return { identity, proof: null, terms: null, password: null };
}

/** The answers of a dossier in which each step has one. */
export function completed({ identity, proof, terms, password }: Answers) {
  if (!proof || !terms || !password) throw new Error('An account is made of a complete dossier');
  return { identity, proof, terms, password };
}
