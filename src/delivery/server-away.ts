import type { HandOver } from '#src/delivery/transport.ts';
import { type Breaker, type BreakerOptions, openBreaker } from '#src/operations/breaker.ts';

/** The outcome while the breaker of the server is open. */
export const serverAway = { state: 'deferred', reason: 'server-away' } as const satisfies HandOver;

const firstRestMs = 5_000;
const longestRestMs = 60_000;

/**
 * The breaker of a mail server or an SMS gateway: it opens after three consecutive failures, then allows a trial after
 * 5, 10, 20 … 60 seconds, with a jitter of a fifth (`spread`, from 0 to 1), so that processes do not retry together.
 */
export function openServerBreaker(spread: () => number, options: BreakerOptions): Breaker {
  const restMs = (failedTrials: number) =>
    Math.min(firstRestMs * 2 ** failedTrials, longestRestMs) * (0.8 + spread() * 0.4);
  return openBreaker({ failures: 3, withinMs: null, restMs }, options);
}

/**
 * Whether an outcome means that the server is down: the connection failed or was cut, the server was silent, or it
 * replied that it is closing (`smtp-421`). Any other reply means that it is up, even a refusal; so does `unanswered`.
 */
export function isServerDown(outcome: HandOver): boolean {
  if (outcome.state !== 'deferred') return false;
  const { reason } = outcome;
  return reason === 'smtp-421' || !/^((smtp|sms)-\d|unanswered$|envelope$|message$)/.test(reason);
}
