import { setTimeout as wait } from 'node:timers/promises';
import { isLockedOut } from '#src/database/away.ts';

/**
 * How long a change of tables waits for its lock: everybody who comes after it waits as long, so nobody notices. A lock
 * that an import or a backup holds is asked for again.
 */
export const lockTimeout = '150ms';

/** Half an hour of tries: an import of a whole country ends within it. */
const mostTries = 600;
const longestPauseMs = 3_000;

/**
 * Does something that gives up where it does not get a lock in time, again and again. Between two tries everybody who
 * waited behind it goes through. `onWait` is called for each that failed; the last failure is thrown.
 */
export async function withPatience<T>(run: () => Promise<T>, onWait: () => void = () => {}): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isLockedOut(error) || tries === mostTries) throw error;
      onWait();
      await wait(Math.min(longestPauseMs, 250 * tries));
    }
  }
}
