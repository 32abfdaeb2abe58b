import { setTimeout as wait } from 'node:timers/promises';
import { isDatabaseAway } from '#src/database/away.ts';

const longestPauseMs = 5_000;

/**
 * Does something as soon as the database is there: a process that is started beside it waits, and a restart of both
 * needs no order. `onAway` is called at each failure; it ends once `abandoned` is aborted, with the last one.
 */
export async function untilThere<T>(
  run: () => Promise<T>,
  { onAway, abandoned }: { onAway: (error: unknown) => void; abandoned: AbortSignal },
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isDatabaseAway(error) || abandoned.aborted) throw error;
      onAway(error);
      await wait(Math.min(longestPauseMs, 250 * 2 ** Math.min(tries, 8)), undefined, {
        signal: abandoned,
      }).catch(() => {});
    }
  }
}
