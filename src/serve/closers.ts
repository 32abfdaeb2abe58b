import type { ClosingStep } from '#src/operations/shutdown.ts';

/** What a service closes, in this order: nothing is closed before what uses it. */
const order = ['background', 'web', 'jobs', 'operations', 'environment', 'passwords', 'database'] as const;

/** How to close each part that is open so far. */
export type Closers = Partial<Record<(typeof order)[number], () => Promise<unknown>>>;

export function closingSteps(closers: Closers): ClosingStep[] {
  return order.flatMap((name) => {
    const close = closers[name];
    return close ? [{ name, close }] : [];
  });
}
