import { type Breaker, openBreaker } from '#src/operations/breaker.ts';

/** The breaker of a provider: opens at 5 failures within 30 seconds, and asks again every 30 seconds. */
export function openProviderBreaker(elapsed: () => number): Breaker {
  return openBreaker({ failures: 5, withinMs: 30_000, restMs: () => 30_000 }, { elapsed });
}
