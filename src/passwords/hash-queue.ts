import type { HashCost } from '#src/passwords/argon2.ts';
import { openBookings, passwordsOfEnrolment } from '#src/passwords/bookings.ts';
import { type HashPlace, openFairTurns } from '#src/passwords/fair-turns.ts';
import type { LaneResult } from '#src/passwords/lane-result.ts';
import { openLaneThread } from '#src/passwords/lane-thread.ts';
import type { HashTask } from '#src/passwords/lane-worker.ts';

export interface HashQueueOptions {
  readonly cost: HashCost;
  readonly maxWaitMs: number;
  readonly lanes: number;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

export interface HashQueueStats {
  readonly waiting: number;
  readonly running: number;
  /** Moving average of the time from handing a hash to a lane until it is back: what the next in the queue waits. */
  readonly averageMs: number;
  /** The queue is full. */
  readonly full: boolean;
  /** Nobody else may begin an enrolment, so that those who have begun can finish. */
  readonly crowded: boolean;
  readonly done: number;
  readonly refused: number;
  readonly abandoned: number;
}

export interface HashQueue {
  compute(task: HashTask, place: HashPlace, signal?: AbortSignal): Promise<LaneResult<Uint8Array>>;
  /** Somebody begins an enrolment, whose passwords are still to come. */
  bookEnrolment(): void;
  warm(): void;
  close(): Promise<void>;
  stats(): HashQueueStats;
}

interface Waiting {
  readonly place: HashPlace;
  run(): Promise<void>;
  refuse(): void;
  abandon(): void;
}

const mostWaiting = 64;
/** The share of the longest wait up to which newcomers are admitted: they will wait for each of their passwords. */
const crowdedShare = 0.35;
/** KiB of memory that one pass fills in a millisecond on an ordinary core: only the first guess. */
const kibPerMs = 4_000;

/** A newcomer, as the journey will have them by the time they choose a password. */
const newcomer: HashPlace = { client: null, ahead: true };

/** Bounded, in fair turns (`fair-turns.ts`). Refuses early rather than answer late: the task whose turn would come last. */
export function openHashQueue({ cost, maxWaitMs, lanes, now }: HashQueueOptions): HashQueue {
  const threads = Array.from({ length: lanes }, () => openLaneThread());
  const turns = openFairTurns(now);
  /** How much may be booked for those who have begun before nobody else is admitted. */
  const bookableMs = maxWaitMs * crowdedShare * passwordsOfEnrolment;
  const bookings = openBookings(now, 2 * bookableMs);
  const waiting: Waiting[] = [];
  const running = new Set<Promise<void>>();
  let averageMs = (cost.memoryKiB * cost.passes) / kibPerMs;
  let closed = false;
  let done = 0;
  let refused = 0;
  let abandoned = 0;

  /** Whether the number of waiting requests reaches a share of the limit. */
  function isFilled(share: number, waits = waiting.length): boolean {
    const before = waits + running.size;
    const wait = (before * averageMs) / lanes;
    return waits >= mostWaiting * share || (before >= lanes && wait > maxWaitMs * share);
  }

  /** How many waiting requests would have their turn before a newcomer. */
  function beforeNewcomer(): number {
    const entry = { place: newcomer };
    return turns.order([...waiting, entry]).indexOf(entry);
  }

  /**
   * Whether those who have begun an enrolment already ask, or will ask, for more than the lanes can do soon. A lane that is
   * free has time, whatever is booked: people take minutes, and do not all come at once.
   */
  function isCrowded(): boolean {
    const overbooked = running.size >= lanes && bookings.leftMs() > bookableMs;
    // Whose turn is when matters only where so many wait.
    return overbooked || (isFilled(crowdedShare) && isFilled(crowdedShare, beforeNewcomer()));
  }

  function remove(entry: Waiting): boolean {
    const index = waiting.indexOf(entry);
    if (index >= 0) waiting.splice(index, 1);
    return index >= 0;
  }

  function advance(): void {
    while (running.size < lanes) {
      const [next] = turns.order(waiting);
      if (!next) return;
      remove(next);
      turns.take(next.place);
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
    const start = now();
    const hash = await thread.compute(task);
    averageMs += (now() - start - averageMs) / 8;
    done += 1;
    return hash;
  }

  return {
    compute(task, place, signal) {
      if (signal?.aborted || closed) {
        abandoned += 1;
        return Promise.resolve({ ok: false, reason: 'abandoned' });
      }
      return new Promise((resolve, reject) => {
        const leave = () => {
          if (remove(entry)) entry.abandon();
        };
        const end = () => {
          signal?.removeEventListener('abort', leave);
          task.password.fill(0);
        };
        const entry: Waiting = {
          place,
          run() {
            signal?.removeEventListener('abort', leave);
            return computeNow(task).then((hash) => resolve({ ok: true, value: hash }), reject);
          },
          refuse() {
            end();
            refused += 1;
            resolve({ ok: false, reason: 'busy', retryAfterSeconds: 3 + (refused % 6) });
          },
          abandon() {
            end();
            abandoned += 1;
            resolve({ ok: false, reason: 'abandoned' });
          },
        };
        const full = isFilled(1);
        signal?.addEventListener('abort', leave, { once: true });
        waiting.push(entry);
        const last = full ? turns.order(waiting).at(-1) : undefined;
        if (last && remove(last)) last.refuse();
        advance();
      });
    },

    bookEnrolment() {
      bookings.add(averageMs / lanes);
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
      crowded: isCrowded(),
      done,
      refused,
      abandoned,
    }),
  };
}
