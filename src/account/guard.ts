import type { Account } from '#src/accounts/account.ts';
import { paths } from '#src/paths.ts';
import type { Session } from '#src/sessions/session.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

type Request = Pick<PageRequest, 'session'>;

export interface SignedIn {
  readonly session: Session;
  readonly account: Account;
}

/** The session and the account of somebody who is signed in to an open account; null for everybody else. */
export function signedIn({ session }: Request): SignedIn | null {
  const { kind, account } = session ?? {};
  return session && kind === 'account' && account?.status === 'active' ? { session, account } : null;
}

/** Keeps the pages of the account to those who are signed in. */
export function accountGuard(request: Request): Answer | null {
  return signedIn(request) ? null : redirect(paths.signIn);
}

/** What a page behind `accountGuard` works with. */
export function signedInAs(request: Request): SignedIn {
  const known = signedIn(request);
  if (!known) throw new Error('A page of the account was reached without signing in: its guard is missing');
  return known;
}
