import { auditKind } from '#src/audit/kind.ts';
import type { Answers } from '#src/journey/answers.ts';
import type { DisputeChannel } from '#src/ownership/rules.ts';

export type Route = NonNullable<Answers['proof']>['route'];

/** By which channel, or agent, the account was disputed, and its status before. */
export const accountFrozen = auditKind('account-frozen').with<
  | { readonly by: 'agent'; readonly was: 'pending' | 'active'; readonly reason: string }
  | { readonly by: DisputeChannel; readonly notice: string; readonly was: 'pending' | 'active' }
>();

/** Somebody proved to be the person of a frozen account, by a means that is not enough to take it back. */
export const frozenAccountMet = auditKind('account-frozen-met').with<
  { readonly route: Route } | { readonly route: Route; readonly channel: string }
>();

export const accountReclaimed = auditKind('account-reclaimed').with<{ readonly route: Route }>();
export const accountReleased = auditKind('account-released').with<{ readonly reason: string }>();

/** A «ce n’est pas moi» link or code that does not exist. */
export const disputeRefused = auditKind('dispute-refused');
