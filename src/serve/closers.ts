import type { ClosingStep } from '#src/operations/shutdown.ts';

/** The parts of a service in the order in which they close: each after everything that uses it. */
const order = [
  'background',
  'web',
  'depot',
  'jobs',
  'operations',
  'environment',
  'passwords',
  'pdf',
  'files',
  'database',
  'traces',
] as const;

/** How to close each part that is open so far. */
export type Closers = Partial<Record<(typeof order)[number], () => Promise<unknown>>>;

export function closingSteps(closers: Closers): ClosingStep[] {
  return order.flatMap((name) => {
    const close = closers[name];
    return close ? [{ name, close }] : [];
  });
}
