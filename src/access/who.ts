import type { Account } from '#src/accounts/account.ts';
import type { Caisse } from '#src/caisses/reference.ts';
import type { Dossier } from '#src/dossiers/dossier.ts';
import type { Session } from '#src/sessions/session.ts';

/** Somebody, with or without a session. */
export interface Anyone {
  readonly session: Session | null;
}

/** Somebody who has given a postal code, and the caisses that it leads to. */
export interface Choosing {
  readonly postalCode: string;
  readonly candidates: readonly Caisse[];
}

/** Somebody with the secret of a link. */
export interface LinkHolder {
  readonly token: string;
}

/** Somebody who fills in a dossier. */
export interface OpenDossier {
  readonly session: Session;
  readonly dossier: Dossier;
}

/** Somebody whose account waits for its address to be confirmed. */
export interface AwaitingConfirmation {
  readonly session: Session;
  readonly account: Account;
}

/** Somebody who types the code of a confirmation; `own`: the account of their session, where it is known whose it is. */
export interface Confirming extends Anyone {
  readonly own: Account | null;
}

/** Somebody who is signed in to an open account. */
export interface SignedIn {
  readonly session: Session;
  readonly account: Account;
}

/** The session and the account of somebody who is signed in to an open account; null for everybody else. */
export function signedIn(session: Session | null): SignedIn | null {
  const { kind, account } = session ?? {};
  return session && kind === 'account' && account?.status === 'active' ? { session, account } : null;
}

/** The session and the account of somebody who waits to confirm an address; null for everybody else. */
export function awaitingConfirmation(session: Session | null): AwaitingConfirmation | null {
  const { kind, account } = session ?? {};
  return session && kind === 'waiting' && account?.status === 'pending' ? { session, account } : null;
}
