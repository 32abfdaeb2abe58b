import type { Answers } from '#src/journey/answers.ts';
import { paths } from '#src/paths.ts';

/**
 * The journey: its steps, which of them are open, which comes next, what an answer cancels.
 *
 *     identity ─ proof ─ terms ─ password ─ contact ─ (account created) e-mail to be confirmed ─ active
 *        ├ other ways (the card route is closed, or the card cannot be read)
 *        └ not eligible (enrolment is closed; under a neutral policy, the card route too: one page)
 *
 * A step is open once all earlier ones have an answer. The proof is made once: afterwards its page is closed.
 */
export const steps = ['proof', 'terms', 'password', 'contact'] as const;
export type Step = (typeof steps)[number];

interface StepRule {
  readonly path: string;
  /** Whether the answers so far open the step. */
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

/** Whether the person is stopped at `not-eligible`: they may not enrol, or a neutral policy does not disclose it. */
export function isStopped({ identity, proof }: Answers): boolean {
  return !identity.mayEnrol || (identity.undisclosed === true && proof === null);
}

/** The page at which the person goes on: the first step without an answer, the other ways, or `not-eligible`. */
export function currentPath(answers: Answers): string {
  if (isStopped(answers)) return paths.notEligible;
  const next = steps.find((step) => !stepRules[step].answered(answers));
  if (next === undefined || !stepRules[next].open(answers)) return paths.otherWays;
  return stepRules[next].path;
}

/** The step at which the person goes on; `other-ways` or `not-eligible` when none is open. */
export function currentStep(answers: Answers): Step | 'other-ways' | 'not-eligible' {
  if (isStopped(answers)) return 'not-eligible';
  const path = currentPath(answers);
  return steps.find((step) => stepRules[step].path === path) ?? 'other-ways';
}

/** The answers after a change: those that depended on the old one are dropped. */
export function answer(answers: Answers, change: Partial<Omit<Answers, 'identity'>>): Answers {
  const next = { ...answers, ...change };
  const refused = next.terms?.accepted === false;
  return refused ? { ...next, password: null } : next;
}

/** The answers of a new dossier: the identity alone. */
export function begin(identity: Answers['identity']): Answers {
  return { identity, proof: null, terms: null, password: null };
}

/** The answers of a complete dossier; throws when one is missing. */
export function completed({ identity, proof, terms, password }: Answers) {
  if (!proof || !terms || !password) throw new Error('Only a complete dossier makes an account');
  return { identity, proof, terms, password };
}
