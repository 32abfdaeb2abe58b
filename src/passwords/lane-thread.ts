import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HashTask } from '#src/passwords/lane-worker.ts';

/** One low-priority thread that computes one hash at a time. */
export interface LaneThread {
  readonly busy: boolean;
  start(): void;
  /** Rejects when the thread dies; the next call starts another. */
  compute(task: HashTask): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Settle {
  resolve(hash: Uint8Array): void;
  reject(error: Error): void;
}

/** Passes only the compile cache from the environment: without it, stripping types takes 13 MB of memory a thread. */
function threadEnv(): Record<string, string> {
  const directory = getCompileCacheDir();
  return directory === undefined ? {} : { NODE_COMPILE_CACHE: dirname(directory) };
}

export function openLaneThread(): LaneThread {
  let worker: Worker | null = null;
  let current: Settle | null = null;

  function settle(act: (task: Settle) => void): void {
    const task = current;
    current = null;
    worker?.unref();
    if (task) act(task);
  }

  function startWorker(): Worker {
    const started = new Worker(new URL('./lane-worker.ts', import.meta.url), { env: threadEnv(), argv: [] });
    started.on('message', (hash: Uint8Array) => settle((task) => task.resolve(hash)));
    started.on('error', (cause) => {
      worker = null;
      settle((task) => task.reject(new Error('The password thread failed', { cause })));
    });
    started.on('exit', () => {
      if (worker === started) worker = null;
      settle((task) => task.reject(new Error('The password thread stopped')));
    });
    return started;
  }

  return {
    get busy() {
      return current !== null;
    },
    start() {
      worker ??= startWorker();
      if (!current) worker.unref();
    },
    compute(task) {
      return new Promise((resolve, reject) => {
        current = { resolve, reject };
        worker ??= startWorker();
        worker.ref();
        worker.postMessage(task);
      });
    },
    async close() {
      await worker?.terminate();
      worker = null;
    },
  };
}
