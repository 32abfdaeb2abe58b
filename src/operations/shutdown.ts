import type { Health } from '#src/operations/health.ts';
import type { Log } from '#src/operations/log.ts';

/** Something to close; those before it in the list are closed by then. */
export interface ClosingStep {
  readonly name: string;
  close(): Promise<unknown> | undefined;
}

export interface ShutdownOptions {
  readonly log: Log;
  readonly health: Pick<Health, 'stopping'>;
  /** In order: stop accepting and drain, then workers, then what both use, the database last. */
  readonly steps: readonly ClosingStep[];
  /** For all the steps together. */
  readonly seconds: number;
}

/** Even when the time is up, the database still gets the chance to close properly. */
const lastChanceMs = 500;

/**
 * Not ready any more, then closes step by step. A step that fails does not keep the next from closing; one
 * that is not over in time is left behind. Answers the names of both.
 */
export async function shutDown({ log, health, steps, seconds }: ShutdownOptions): Promise<readonly string[]> {
  health.stopping();
  const deadline = performance.now() + seconds * 1_000;
  const failed: string[] = [];
  for (const { name, close } of steps) {
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(
      () => late.resolve('late'),
      Math.max(deadline - performance.now(), lastChanceMs),
    );
    try {
      if ((await Promise.race([close(), late.promise])) === 'late') failed.push(name);
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

/**
 * Shuts down at the first SIGTERM or SIGINT, and answers when it is done. The process then ends by itself;
 * it is only made to when something was left behind or a second signal comes.
 */
export async function shutDownOnSignal(options: ShutdownOptions): Promise<void> {
  const asked = Promise.withResolvers<NodeJS.Signals>();
  const signals = ['SIGTERM', 'SIGINT'] as const;
  const first = (signal: NodeJS.Signals) => asked.resolve(signal);
  for (const signal of signals) process.once(signal, first);
  const signal = await asked.promise;
  for (const name of signals) process.off(name, first);
  options.log.info({ event: 'stopping', signal, seconds: options.seconds });
  const failed = await shutDown(options);
  if (failed.length > 0) process.exit(1);
}
