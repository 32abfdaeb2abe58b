import { type Keyring, personKey } from '#src/crypto/keyring.ts';
import { currentPath } from '#src/journey/journey.ts';
import { paths } from '#src/paths.ts';
import type { Session } from '#src/sessions/session.ts';

/** Where somebody with a session goes on. */
export function placeOf({ kind, dossier, account }: Session): string {
  if (kind === 'account') return paths.account;
  if (kind === 'waiting') return account?.status === 'active' ? paths.confirmed : paths.waiting;
  return dossier ? currentPath(dossier.answers) : paths.identity;
}

/**
 * Who somebody with a session is, as forms remember it. Where a neutral policy tells nobody whether they were recognised,
 * by what they typed: a dossier of nobody has a key of its own each time.
 */
export function personOf(keyring: Keyring, { personKey: key, dossier }: Session): Buffer {
  const identity = dossier?.answers.identity;
  return identity?.undisclosed ? personKey(keyring, identity.nir) : key;
}
