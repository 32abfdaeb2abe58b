import type { Random } from '#src/crypto/random.ts';
import type { HashCost } from '#src/passwords/argon2.ts';
import type { HashPlace } from '#src/passwords/fair-turns.ts';
import { type HashQueue, type HashQueueStats, openHashQueue } from '#src/passwords/hash-queue.ts';
import type { LaneResult } from '#src/passwords/lane-result.ts';
import {
  currentPepper,
  formatStoredPassword,
  isOutdated,
  type Peppers,
  parseStoredPassword,
  passwordBytes,
  pepperedTag,
  sameTag,
} from '#src/passwords/password-hash.ts';

export interface HashLaneOptions extends HashCost {
  /** A password that would wait longer than this is refused at once. */
  readonly maxWaitMs: number;
  /** Hashes computed at the same time, each on its own thread; 1 by default. */
  readonly lanes?: number;
  readonly peppers: Peppers;
  readonly random: Random;
  /** Of several services in one process, which hash one after the other; by default one of its own. */
  readonly queue?: HashQueue;
  /** Milliseconds that never go back; by default the machine’s. */
  readonly now?: () => number;
}

/** The owner of the password, and the requester of the hash. */
export interface HashFor extends HashPlace {
  /** The 13 characters of the NIR: the hash is useless for any other person. */
  readonly nir: string;
  /** Aborted when the client has left. */
  readonly signal?: AbortSignal;
}

/** `outdated`: the password was right but should be stored again with `hash`. */
interface Verification {
  readonly matches: boolean;
  readonly outdated: boolean;
}

/**
 * The only place where passwords are hashed: a short queue before a few low-priority threads.
 *
 * Call it outside any transaction. Check the length of the password before. Once the request's signal is
 * aborted, work that has not started is dropped.
 */
export interface HashLane {
  hash(password: Buffer | string, whose: HashFor): Promise<LaneResult<string>>;
  /**
   * Computed once, answers what is stored for each number: all with one salt, which shows that the password is the same. For
   * the password that invented people share, and everybody may know.
   */
  hashShared(password: string, place: HashPlace): Promise<LaneResult<(nir: string) => string>>;
  /** Without a stored password it computes one of the same cost and says no: an unknown account takes as long. */
  verify(stored: string | null, password: Buffer | string, whose: HashFor): Promise<LaneResult<Verification>>;
  /** Somebody begins an enrolment: `stats().crowded` says from then on that their passwords are still to come. */
  bookEnrolment(): void;
  /** Starts the threads without waiting for them, so that the first password does not. */
  warm(): void;
  /** Drops what waits here, lets what is being computed end; stops the threads that are its own. */
  close(): Promise<void>;
  stats(): HashQueueStats;
}

/** The threads start with the first password, or with `warm`. */
export function openHashLane(options: HashLaneOptions): HashLane {
  const { memoryKiB, passes, maxWaitMs, peppers, random } = options;
  const cost = { memoryKiB, passes };
  const pepperVersion = currentPepper(peppers);
  const now = options.now ?? (() => performance.now());
  const queue = options.queue ?? openHashQueue({ cost, maxWaitMs, lanes: options.lanes ?? 1, now });
  const closing = new AbortController();
  const asked = new Set<Promise<unknown>>();

  /** As long as this lane is open: what others ask of the same queue goes on. */
  const compute: HashQueue['compute'] = (task, place, signal) => {
    const signals = signal ? [signal, closing.signal] : [closing.signal];
    const done = queue.compute(task, place, AbortSignal.any(signals));
    asked.add(done);
    const forget = () => void asked.delete(done);
    done.then(forget, forget);
    return done;
  };

  async function computeNew(
    password: Buffer | string,
    place: HashPlace,
    signal?: AbortSignal,
  ): Promise<LaneResult<(nir: string) => string>> {
    const salt = random.bytes(16);
    const done = await compute({ password: passwordBytes(password), salt, ...cost }, place, signal);
    if (!done.ok) return done;
    const tagOf = (nir: string) => pepperedTag(peppers, pepperVersion, nir, done.value);
    return {
      ok: true,
      value: (nir) => formatStoredPassword({ cost, pepperVersion, salt, tag: tagOf(nir) }),
    };
  }

  return {
    async hash(password, whose) {
      const done = await computeNew(password, whose, whose.signal);
      return done.ok ? { ok: true, value: done.value(whose.nir) } : done;
    },

    hashShared: (password, place) => computeNew(password, place),

    async verify(stored, password, whose) {
      const known = stored === null ? null : parseStoredPassword(stored);
      const salt = known?.salt ?? random.bytes(16);
      const task = { password: passwordBytes(password), salt, ...(known?.cost ?? cost) };
      const done = await compute(task, whose, whose.signal);
      if (!done.ok) return done;
      const tag = pepperedTag(peppers, known?.pepperVersion ?? pepperVersion, whose.nir, done.value);
      const matches = sameTag(tag, known?.tag ?? Buffer.alloc(tag.length)) && known !== null;
      return {
        ok: true,
        value: { matches, outdated: known !== null && isOutdated(known, cost, pepperVersion) },
      };
    },

    bookEnrolment: () => queue.bookEnrolment(),
    warm: () => queue.warm(),
    close: async () => {
      closing.abort();
      await Promise.allSettled(asked);
      if (!options.queue) await queue.close();
    },
    stats: () => queue.stats(),
  };
}
