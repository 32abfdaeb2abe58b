import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '#src/log/log.ts';
import type { Health } from '#src/operations/health.ts';

/** Something to close; those before it in the list are closed by then. */
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

/** Even when the time is up, the database still gets the chance to close properly. */
const lastChanceMs = 500;

/** Not ready any more, for long enough that proxies see it; then closes in order. Answers the names of what did not close. */
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
 * Closes step by step. A step that fails does not keep the next from closing; one that is not over in time is left
 * behind. Answers the names of both.
 */
export async function closeInOrder({ log, steps, seconds }: ClosingOptions): Promise<readonly string[]> {
  const deadline = performance.now() + seconds * 1_000;
  const failed: string[] = [];
  for (const { name, close } of steps) {
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(
      () => late.resolve('late'),
      Math.max(deadline - performance.now(), lastChanceMs),
    );
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

const parentAskedEveryMs = 500;

/**
 * The first SIGTERM or SIGINT. A second one ends the process at once, as by default. `withParent`: the end of the parent
 * process counts as SIGTERM, because npm passes signals to the shell of a script, and the shell passes them to nobody.
 */
export async function stopSignal({ withParent = false } = {}): Promise<NodeJS.Signals> {
  const asked = Promise.withResolvers<NodeJS.Signals>();
  const signals = ['SIGTERM', 'SIGINT'] as const;
  for (const signal of signals) process.once(signal, asked.resolve);
  const parent = process.ppid;
  const watch = withParent
    ? setInterval(() => process.ppid !== parent && asked.resolve('SIGTERM'), parentAskedEveryMs).unref()
    : undefined;
  const signal = await asked.promise;
  clearInterval(watch);
  for (const name of signals) process.off(name, asked.resolve);
  return signal;
}
