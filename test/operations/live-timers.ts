import { createHook } from 'node:async_hooks';
import perfHooks from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into the program (`node --import`): on SIGUSR2 it writes one line of JSON to standard error, of the timers
 * that stand in the main thread, those of Node and of packages too. `every` are the milliseconds of those that repeat;
 * `once` are the packages or folders that wait for a moment.
 */

interface Standing {
  readonly timer: object;
  readonly setBy: string;
}

const timers = new Map<number, Standing>();
/** Node samples the delay of its loop by a timer that no hook sees. */
const samplings: number[] = [];

/** The package or file nearest to the call that set a timer. */
function setter(stack: string): string {
  return (
    /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/|\/(src\/[^:]+):/.exec(stack)?.slice(1).find(Boolean) ?? 'node'
  );
}

function repeats({ timer }: Standing): number | null {
  const every: unknown = Reflect.get(timer, '_repeat');
  return typeof every === 'number' ? every : null;
}

function tell(): void {
  const standing = [...timers.values()];
  const every = [...standing.flatMap((timer) => repeats(timer) ?? []), ...samplings];
  const once = standing.filter((timer) => repeats(timer) === null).map(({ setBy }) => setBy);
  process.stderr.write(
    `${JSON.stringify({ every: every.toSorted((a, b) => a - b), once: once.toSorted() })}\n`,
  );
}

if (isMainThread) {
  createHook({
    init(id, type, _trigger, timer) {
      if (type === 'Timeout') timers.set(id, { timer, setBy: setter(new Error().stack ?? '') });
    },
    destroy(id) {
      timers.delete(id);
    },
  }).enable();
  const monitor = perfHooks.monitorEventLoopDelay;
  perfHooks.monitorEventLoopDelay = (options) => {
    samplings.push(options?.resolution ?? 10);
    return monitor(options);
  };
  process.on('SIGUSR2', tell);
}
