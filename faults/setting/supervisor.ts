import { setTimeout as wait } from 'node:timers/promises';
import type { Trial } from '../trial.ts';
import type { Ended, Node } from './node.ts';

export interface Supervisor {
  /** How the processes have ended so far. */
  readonly ends: readonly Ended[];
  /** The milliseconds from each start until the process was ready. */
  readonly startMs: readonly number[];
  stop(): Promise<void>;
}

/** What loads `poison.ts` into a process. */
export const poisoned = { NODE_OPTIONS: `--import=${import.meta.resolve('./poison.ts')}` };

/** Starts processes again when they end, as `Restart=on-failure` has it; `onEnd` comes between. */
export function keepRunning(
  trial: Trial,
  nodes: readonly Node[],
  onEnd: () => Promise<unknown> = async () => {},
): Supervisor {
  const ends: Ended[] = [];
  const startMs: number[] = [];
  let isOver = false;
  const watch = async (node: Node): Promise<void> => {
    while (!isOver && !trial.over.aborted) {
      const status = node.status();
      if (status === null) await wait(100);
      else {
        ends.push(status);
        await onEnd();
        await node.start().then(
          (ms) => startMs.push(ms),
          (error) => {
            // What ended the one before may end this one before it is ready.
            if (node.status() === null) throw error;
          },
        );
      }
    }
  };
  const all = Promise.all(nodes.map(watch));
  all.catch(() => {});
  const stop = async () => {
    isOver = true;
    await all;
  };
  trial.atEnd(stop);
  return { ends, startMs, stop };
}
