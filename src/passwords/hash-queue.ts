import type { HashCost } from '#src/passwords/argon2.ts';
import type { LaneResult } from '#src/passwords/lane-result.ts';
import { openLaneThread } from '#src/passwords/lane-thread.ts';
import type { HashTask } from '#src/passwords/lane-worker.ts';

export interface HashQueueOptions {
  readonly cost: HashCost;
  readonly maxWaitMs: number;
  readonly lanes: number;
}

export interface HashQueueStats {
  readonly waiting: number;
  readonly running: number;
  /** How long one hash takes of late. */
  readonly averageMs: number;
  /** Whether the next password would be refused. */
  readonly full: boolean;
  /** Nearly full: nobody should begin now what ends with a password. */
  readonly crowded: boolean;
  readonly done: number;
  readonly refused: number;
  readonly abandoned: number;
}

export interface HashQueue {
  compute(task: HashTask, signal?: AbortSignal): Promise<LaneResult<Uint8Array>>;
  warm(): void;
  close(): Promise<void>;
  stats(): HashQueueStats;
}

interface Waiting {
  readonly task: HashTask;
  run(): Promise<void>;
  abandon(): void;
}

const mostWaiting = 64;
const crowdedShare = 0.75;
/** KiB of memory that one pass fills in a millisecond on an ordinary core: only the first guess. */
const kibPerMs = 4_000;

/** Bounded, first come first served. Refuses early rather than answer late. */
export function openHashQueue({ cost, maxWaitMs, lanes }: HashQueueOptions): HashQueue {
  const threads = Array.from({ length: lanes }, () => openLaneThread());
  const waiting: Waiting[] = [];
  const running = new Set<Promise<void>>();
  let averageMs = (cost.memoryKiB * cost.passes) / kibPerMs;
  let closed = false;
  let done = 0;
  let refused = 0;
  let abandoned = 0;

  /** Whether the queue has come to a share of what it may be. */
  function isFilled(share: number): boolean {
    const before = waiting.length + running.size;
    const wait = (before * averageMs) / lanes;
    return waiting.length >= mostWaiting * share || (before >= lanes && wait > maxWaitMs * share);
  }

  function advance(): void {
    while (running.size < lanes) {
      const next = waiting.shift();
      if (!next) return;
      const work = next.run().finally(() => {
        running.delete(work);
        advance();
      });
      running.add(work);
    }
  }

  async function computeNow(task: HashTask): Promise<Uint8Array> {
    const thread = threads.find(({ busy }) => !busy);
    if (!thread) throw new Error('No password thread is free');
    const { hash, milliseconds } = await thread.compute(task);
    averageMs += (milliseconds - averageMs) / 8;
    done += 1;
    return hash;
  }

  return {
    compute(task, signal) {
      if (signal?.aborted || closed) {
        abandoned += 1;
        return Promise.resolve({ ok: false, reason: 'abandoned' });
      }
      if (isFilled(1)) {
        refused += 1;
        return Promise.resolve({ ok: false, reason: 'busy', retryAfterSeconds: 3 + (refused % 6) });
      }
      return new Promise((resolve, reject) => {
        const leave = () => {
          const index = waiting.indexOf(entry);
          if (index < 0) return;
          waiting.splice(index, 1);
          entry.abandon();
        };
        const entry: Waiting = {
          task,
          run() {
            signal?.removeEventListener('abort', leave);
            return computeNow(task).then((hash) => resolve({ ok: true, value: hash }), reject);
          },
          abandon() {
            signal?.removeEventListener('abort', leave);
            task.password.fill(0);
            abandoned += 1;
            resolve({ ok: false, reason: 'abandoned' });
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        waiting.push(entry);
        advance();
      });
    },

    warm() {
      for (const thread of threads) thread.start();
    },

    async close() {
      closed = true;
      for (const entry of waiting.splice(0)) entry.abandon();
      await Promise.all(running);
      await Promise.all(threads.map((thread) => thread.close()));
    },

    stats: () => ({
      waiting: waiting.length,
      running: running.size,
      averageMs,
      full: isFilled(1),
      crowded: isFilled(crowdedShare),
      done,
      refused,
      abandoned,
    }),
  };
}
