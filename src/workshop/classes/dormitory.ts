import { setTimeout as wait } from 'node:timers/promises';
import type { ClassDatabases } from '#src/workshop/databases/class-databases.ts';

/** A class whose service can be closed while nobody needs it. */
export interface Sleeper {
  /** Milliseconds since somebody needed it; null while somebody does, or while it opens or closes. */
  quietFor(): number | null;
  sleep(): Promise<void>;
}

/** The classes that are awake, no more at once than there is room for. */
export interface Dormitory {
  /** Waits until there is room for one more. */
  admit(sleeper: Sleeper): Promise<void>;
  /** It sleeps, or is gone. */
  leave(sleeper: Sleeper): void;
  close(): void;
}

const lookEveryMs = 15_000;
const askAgainMs = 250;
/** One that is needed less than others goes to sleep before its time when they wait. */
const soonQuietMs = 20_000;

/** `quietMs`: how long a class is left alone before it sleeps; null: it never does. */
export function openDormitory({
  mostAwake,
  quietMs,
}: Pick<ClassDatabases, 'mostAwake' | 'quietMs'>): Dormitory {
  const awake = new Set<Sleeper>();
  const closed = new AbortController();
  const quietest = () =>
    [...awake]
      .map((sleeper) => ({ sleeper, ms: sleeper.quietFor() ?? -1 }))
      .sort((one, other) => other.ms - one.ms)[0];
  const timer =
    quietMs === null
      ? undefined
      : setInterval(
          () => {
            for (const sleeper of [...awake])
              if ((sleeper.quietFor() ?? -1) >= quietMs) sleeper.sleep().catch(() => {});
          },
          Math.min(lookEveryMs, quietMs),
        ).unref();
  return {
    async admit(sleeper) {
      while (awake.size >= mostAwake) {
        const tired = quietest();
        if (tired && tired.ms >= soonQuietMs) await tired.sleeper.sleep();
        else await wait(askAgainMs, undefined, { signal: closed.signal });
      }
      awake.add(sleeper);
    },
    leave: (sleeper) => void awake.delete(sleeper),
    close: () => {
      closed.abort();
      clearInterval(timer);
    },
  };
}
