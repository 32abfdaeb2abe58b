import { type Step, steps } from '#src/exercise/steps.ts';
import type { PersonRows } from '#src/installation/put-back/person-rows.ts';

/** Steps that have to be taken one after the other, with a card or with a code. */
const withCard: readonly Step[] = ['identity', 'proof', 'terms', 'password', 'contact', 'mail', 'confirmed'];
const withFranceConnect: readonly Step[] = [
  'franceconnect',
  'terms',
  'password',
  'contact',
  'mail',
  'confirmed',
];
const withCode: readonly Step[] = [
  'identity',
  'code-asked',
  'code-typed',
  'terms',
  'password',
  'contact',
  'mail',
  'confirmed',
];

/** Steps that need an account that is open, and nothing else. */
const openSteps: readonly Step[] = ['sign-in', 'account', 'payments', 'attestation', 'messages'];

/** Steps for which one is signed in. */
export function isInAccount(step: Step): boolean {
  return steps.indexOf(step) >= steps.indexOf('account');
}

/** By what somebody proves who they are. */
export type Way = 'card' | 'code' | 'franceconnect';

/** The steps to be played before a seat is at `to`, in order, from the beginning; `usual`: by which way, if any will do. */
export function routeTo(to: Step, usual: Way): readonly Step[] {
  if (to === 'start' || to === 'identity' || to === 'franceconnect') return [];
  const way = to === 'code-asked' || to === 'code-typed' ? 'code' : to === 'proof' ? 'card' : usual;
  const route = { card: withCard, code: withCode, franceconnect: withFranceConnect }[way];
  const end = route.indexOf(to);
  return end < 0 ? route : route.slice(0, end);
}

/** Whether a person as kept is one who can be at a step: some pages open too early, to somebody who looks around. */
export function fits(step: Step, { rows, session }: PersonRows): boolean {
  const status = rows.account?.[0]?.status ?? null;
  if (step === 'start') return true;
  if (step === 'identity' || step === 'franceconnect') return status === null;
  if (step === 'mail') return session?.kind === 'waiting' && status === 'pending';
  if (step === 'confirmed') return status === 'active';
  if (openSteps.includes(step))
    return status === 'active' && (session?.kind === 'account') === isInAccount(step);
  return session?.kind === 'enrolment';
}
