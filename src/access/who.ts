import type { Account } from '#src/accounts/account.ts';
import type { Caisse } from '#src/caisses/reference.ts';
import type { Dossier } from '#src/dossiers/dossier.ts';
import type { Session } from '#src/sessions/session.ts';

/** Any visitor, with or without a session. */
export interface Anyone {
  readonly session: Session | null;
}

/** A visitor who has entered a postal code, and the caisses of that postal code. */
export interface Choosing {
  readonly postalCode: string;
  readonly candidates: readonly Caisse[];
}

/** A visitor with the secret of a link. */
export interface LinkHolder {
  readonly token: string;
}

/** A person with an open dossier. */
export interface OpenDossier {
  readonly session: Session;
  readonly dossier: Dossier;
}

/** A person whose account is pending until its address is confirmed. */
export interface AwaitingConfirmation {
  readonly session: Session;
  readonly account: Account;
}

/** A visitor who enters the code of a confirmation; `own`: the pending account of their session, if any. */
export interface Confirming extends Anyone {
  readonly own: Account | null;
}

/** A person who is signed in to an active account. */
export interface SignedIn {
  readonly session: Session;
  readonly account: Account;
}

/** The session and the account of a person who is signed in to an active account; null for anyone else. */
export function signedIn(session: Session | null): SignedIn | null {
  const { kind, account } = session ?? {};
  return session && kind === 'account' && account?.status === 'active' ? { session, account } : null;
}

/** The session and the account of a person whose account is pending; null for anyone else. */
export function awaitingConfirmation(session: Session | null): AwaitingConfirmation | null {
  const { kind, account } = session ?? {};
  return session && kind === 'waiting' && account?.status === 'pending' ? { session, account } : null;
}
