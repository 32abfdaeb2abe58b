import type { HandOver } from '#src/delivery/transport.ts';
import { type Breaker, type BreakerOptions, openBreaker } from '#src/operations/breaker.ts';

/** What a notice meets whose server is known to be down. */
export const serverAway = { state: 'deferred', reason: 'server-away' } as const satisfies HandOver;

const firstRestMs = 5_000;
const longestRestMs = 60_000;

/**
 * The breaker of a mail server or an SMS gateway: opens at three failures in a row, then asks after 5, 10, 20 … 60
 * seconds, a fifth more or less (`spread`, from 0 to 1), so that several processes do not ask at the same moment.
 */
export function openServerBreaker(spread: () => number, options: BreakerOptions): Breaker {
  const restMs = (failedTrials: number) =>
    Math.min(firstRestMs * 2 ** failedTrials, longestRestMs) * (0.8 + spread() * 0.4);
  return openBreaker({ failures: 3, withinMs: null, restMs }, options);
}

/**
 * Whether an outcome says that the server is down. Any reply of the server is an answer, also a refusal; it is down when
 * the connection failed or was cut, when it is silent, or when it says that it closes (`smtp-421`).
 */
export function isServerDown(outcome: HandOver): boolean {
  if (outcome.state !== 'deferred') return false;
  const { reason } = outcome;
  return reason === 'smtp-421' || !/^((smtp|sms)-\d|envelope$|message$)/.test(reason);
}
