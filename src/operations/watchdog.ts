import { Worker } from 'node:worker_threads';

interface Watch {
  /** The main thread counts here. */
  readonly beats: Int32Array;
  readonly beatMs: number;
  /** It is stuck when so many looks in a row, each a beat apart, have found no other count. */
  readonly mostMissed: number;
}

/** Half a minute: longer than a machine with too much to do holds up a thread, shorter than the lease of a job. */
const usual: Omit<Watch, 'beats'> = { beatMs: 5_000, mostMissed: 6 };

/**
 * Ends the process (SIGKILL) when its main thread has not come round for so long: a loop without end would otherwise keep
 * it, with all that it had begun, while whatever restarts processes sees that it runs. A process that is halted as a whole
 * is not stuck: the thread that looks is halted with it.
 */
export function watchMainThread({ beatMs, mostMissed } = usual): { close(): Promise<unknown> } {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => Atomics.add(beats, 0, 1), beatMs).unref();
  const workerData: Watch = { beats, beatMs, mostMissed };
  // As text: a thread that reads a file of ours first loads what strips its types, 16 MB.
  const thread = new Worker(`(${lookOut})()`, { eval: true, workerData, env: {}, argv: [], execArgv: [] });
  thread.unref();
  return {
    close() {
      clearInterval(timer);
      return thread.terminate();
    },
  };
}

/** What the thread does: it sees nothing of this file but itself. */
function lookOut(): void {
  const { beats, beatMs, mostMissed }: Watch = process.getBuiltinModule('node:worker_threads').workerData;
  let seen = -1;
  let missed = 0;
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    missed = now === seen ? missed + 1 : 0;
    seen = now;
    if (missed < mostMissed) return;
    const text = `compte: the main thread was stuck for ${(missed * beatMs) / 1000} s\n`;
    process.getBuiltinModule('node:fs').writeSync(2, text);
    process.kill(process.pid, 'SIGKILL');
  }, beatMs);
}
