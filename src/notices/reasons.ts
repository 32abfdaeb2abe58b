import type { LetterHold } from '#src/notices/letters.ts';

const words = [
  'connection',
  'timeout',
  'unanswered',
  'tls',
  'authentication',
  'message',
  'envelope',
  'unknown',
  'server-away',
  'gateway-answer',
  'no-gateway',
  'broken',
] as const;

/**
 * Why a notice was not handed over: a class, never a word of the server's, which may hold the address. `smtp-452` and
 * `sms-429` answer for this message; `server-535` and `gateway-503` for the installation. `unanswered`: the
 * server breaks off or is silent about this message, and is well otherwise; `server-away`: the breaker is open, nothing
 * was tried; `broken`: the message could not be written.
 */
export type DeferralReason = (typeof words)[number] | `${'smtp' | 'server' | 'sms' | 'gateway'}-${number}`;

/** Refused for good; `gave-up-…`: what deferred the last try. */
export type DeliveryRefusal =
  | 'no-content'
  | 'not-mobile'
  | 'channel'
  | `${'smtp' | 'sms'}-${number}`
  | `gave-up-${DeferralReason}`;

/**
 * Why a notice was never sent. `too-many`: beyond a limit of the policy; `decoy`: it was for nobody; `restored`: it
 * waited in a backup, and may have been sent since.
 */
export type WithholdingReason =
  | LetterHold
  | 'too-many'
  | 'superseded'
  | 'unsubscribed'
  | 'deceased'
  | 'account-frozen'
  | 'restored'
  | 'decoy';

/** The reason that a row of `notice` keeps of its last deferral; null for anything else. */
export function deferralReason(stored: string | null): DeferralReason | null {
  return stored !== null && isDeferralReason(stored) ? stored : null;
}

function isDeferralReason(text: string): text is DeferralReason {
  return words.some((word) => word === text) || /^(smtp|server|sms|gateway)-\d{3}$/.test(text);
}
