import { paths } from '#src/paths.ts';

/**
 * What a learner does in an exercise, in the order in which somebody would do it. A scenario has some of them; the
 * trainer’s board shows where each seat is.
 */
export const steps = [
  'start',
  'identity',
  'franceconnect',
  'proof',
  'code-asked',
  'code-typed',
  'terms',
  'password',
  'contact',
  'mail',
  'confirmed',
  'sign-in',
  'account',
  'payments',
  'attestation',
  'messages',
] as const;
export type Step = (typeof steps)[number];

/** The step whose page has this address; the first address of each is where that step can be entered. */
const pagesOf: Readonly<Record<Step, readonly string[]>> = {
  start: [paths.home, paths.caisse, paths.caisseConfirm],
  identity: [paths.identity],
  // Its pages are another site’s: it begins with the way there.
  franceconnect: [`${paths.franceConnect}?pour=creation`],
  proof: [paths.proof],
  'code-asked': [paths.otherWays, paths.letterTracker],
  'code-typed': [paths.provisionalCode],
  terms: [paths.terms, paths.termsText],
  password: [paths.password],
  contact: [paths.contact],
  mail: [paths.waiting, paths.waitingResend, paths.waitingAddress],
  confirmed: [paths.confirmed, paths.link],
  'sign-in': [paths.signIn, paths.forgotten, paths.forgottenSent, paths.newPassword],
  account: [paths.account],
  payments: [paths.accountPayments, paths.accountPayment, paths.accountStatement],
  attestation: [paths.accountDocuments, paths.accountAttestation],
  messages: [paths.messages, paths.messageWrite, paths.messageThread],
};

const stepsByPath: ReadonlyMap<string, Step> = new Map(
  steps.flatMap((step) => pagesOf[step].map((path): [string, Step] => [path, step])),
);

/** The step of a page, by the address of its route (`/validation-email/:token`); null for pages of no step. */
export function stepOfPage(route: string): Step | null {
  return stepsByPath.get(route) ?? null;
}

/** The page where a step begins. */
export function pageOfStep(step: Step): string {
  return pagesOf[step][0] ?? paths.home;
}
