import { type Keyring, personKey } from '#src/crypto/keyring.ts';
import type { Dossier } from '#src/dossiers/dossier.ts';
import { currentPath, type Step, stepRules } from '#src/journey/journey.ts';
import { paths } from '#src/paths.ts';
import type { Session } from '#src/sessions/session.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

/** Where somebody goes who asks for a step without an open dossier. */
export function withoutDossier({ session }: PageRequest): Answer {
  if (session?.kind === 'waiting') return redirect(paths.waiting);
  if (session?.kind === 'account') return redirect(paths.account);
  return redirect(paths.identity);
}

/** Lets people visit a step that their answers open; sends everybody else where they stand. */
export function stepGuard(step: Step): (request: PageRequest) => Answer | null {
  return (request) => {
    const { session } = request;
    if (session?.kind !== 'enrolment' || !session.dossier) return withoutDossier(request);
    const { answers } = session.dossier;
    return stepRules[step].open(answers) ? null : redirect(currentPath(answers));
  };
}

/** The session and the dossier behind a page that `stepGuard` has let through. */
export function enrolmentOf({ session }: PageRequest): {
  readonly session: Session;
  readonly dossier: Dossier;
} {
  if (!session?.dossier) throw new Error('A step was reached without a dossier: its guard is missing');
  return { session, dossier: session.dossier };
}

export function openDossierOf(request: PageRequest): Dossier {
  return enrolmentOf(request).dossier;
}

/**
 * Who somebody with a session is, as forms remember it. Where a neutral policy tells nobody whether they were recognised,
 * by what they typed: a dossier of nobody has a key of its own each time.
 */
export function personOf(keyring: Keyring, { personKey: key, dossier }: Session): Buffer {
  const identity = dossier?.answers.identity;
  return identity?.undisclosed ? personKey(keyring, identity.nir) : key;
}

/** Where somebody with a session goes on. */
export function placeOf({ kind, dossier, account }: Session): string {
  if (kind === 'account') return paths.account;
  if (kind === 'waiting') return account?.status === 'active' ? paths.confirmed : paths.waiting;
  return dossier ? currentPath(dossier.answers) : paths.identity;
}
