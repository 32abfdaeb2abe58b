import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '#src/log/log.ts';
import type { Health } from '#src/operations/health.ts';

/** Something to close, after the steps before it in the list. */
export interface ClosingStep {
  readonly name: string;
  close(): Promise<unknown>;
}

export interface ClosingOptions {
  readonly log: Log;
  /** In order: stop accepting and drain, then workers, then what both use, the database last. */
  readonly steps: readonly ClosingStep[];
  /** For all the steps together. */
  readonly seconds: number;
}

export interface ShutdownOptions extends ClosingOptions {
  readonly health: Pick<Health, 'stopping'>;
  /** How long to go on answering while not ready, before the first step. */
  readonly drainSeconds: number;
}

/** The least time of each step, even past the deadline, so that the database can close properly. */
const leastStepMs = 500;

/**
 * Reports not ready for `drainSeconds`, so that proxies notice, then closes in order. Answers the names of the steps
 * that did not close.
 */
export async function shutDown({
  health,
  drainSeconds,
  ...closing
}: ShutdownOptions): Promise<readonly string[]> {
  health.stopping();
  await wait(drainSeconds * 1_000);
  return closeInOrder(closing);
}

/**
 * Closes one step after the other. A step that fails or is not done in time does not keep the next from closing.
 * Answers the names of these steps.
 */
export async function closeInOrder({ log, steps, seconds }: ClosingOptions): Promise<readonly string[]> {
  const deadline = performance.now() + seconds * 1_000;
  const failed: string[] = [];
  for (const { name, close } of steps) {
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), Math.max(deadline - performance.now(), leastStepMs));
    try {
      if ((await Promise.race([close(), late.promise])) !== 'late') continue;
      failed.push(name);
      log.error({ event: 'closingFailed', step: name, reason: 'late' });
    } catch (error) {
      failed.push(name);
      log.error({ event: 'closingFailed', step: name, error });
    } finally {
      clearTimeout(timer);
    }
  }
  log.info({ event: 'stopped', count: failed.length });
  return failed;
}

const parentCheckEveryMs = 500;

/**
 * The first SIGTERM or SIGINT. A second one ends the process at once, as by default. `withParent`: the end of the parent
 * process counts as SIGTERM, because npm sends signals to the shell of a script, which does not pass them on.
 */
export async function stopSignal({ withParent = false } = {}): Promise<NodeJS.Signals> {
  const received = Promise.withResolvers<NodeJS.Signals>();
  const signals = ['SIGTERM', 'SIGINT'] as const;
  for (const signal of signals) process.once(signal, received.resolve);
  const parent = process.ppid;
  const watch = withParent
    ? setInterval(() => process.ppid !== parent && received.resolve('SIGTERM'), parentCheckEveryMs).unref()
    : undefined;
  const signal = await received.promise;
  clearInterval(watch);
  for (const name of signals) process.off(name, received.resolve);
  return signal;
}
