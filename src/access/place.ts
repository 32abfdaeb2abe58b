import { type Keyring, personKey } from '#src/crypto/keyring.ts';
import { currentPath } from '#src/journey/journey.ts';
import { paths } from '#src/paths.ts';
import type { Session } from '#src/sessions/session.ts';
import type { SessionEnding } from '#src/web/visit.ts';

/** The page where the person of a session continues. */
export function placeOf({ kind, dossier, account }: Session): string {
  if (kind === 'account') return paths.account;
  if (kind === 'waiting') return account?.status === 'active' ? paths.confirmed : paths.waiting;
  return dossier ? currentPath(dossier.answers) : paths.identity;
}

/** The same for a person who has proved their identity; null for everybody else. */
export function placeOfProven(session: Session): string | null {
  const isProved = session.kind !== 'enrolment' || session.dossier?.answers.proof != null;
  return isProved ? placeOf(session) : null;
}

/**
 * The person of a session, as forms identify them. Under a neutral policy, which does not reveal whether a person was
 * recognised, by the NIR that they typed: the dossier of an unknown person has a new key each time.
 */
export function personOf(keyring: Keyring, { personKey: key, dossier }: Session): Buffer {
  const identity = dossier?.answers.identity;
  return identity?.undisclosed ? personKey(keyring, identity.nir) : key;
}

/** Where the person of a session goes on once it has ended. */
export const afterEnd: Readonly<Record<Session['kind'], SessionEnding['afterwards']>> = {
  enrolment: { kind: 'begin-again', path: paths.identity },
  waiting: { kind: 'continue', path: paths.waiting },
  account: { kind: 'sign-in', path: paths.signIn },
};
