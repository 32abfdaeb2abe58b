import type { Clock } from '#src/time/clock.ts';
import type { Journal } from '#src/workshop/classes/journal.ts';

const everyMs = 30_000;
/** A busy laptop is late by seconds; one that slept, or was off, by more. */
const sleepMs = 120_000;

/**
 * Notes in the journal of a class when the program did not run, so that nobody counts as stuck meanwhile: between two
 * ticks that are far apart the laptop slept; since the sign of life that was found at the start it was off.
 */
export function watchSleep(
  { aliveUntil, decide, touch }: Pick<Journal, 'aliveUntil' | 'decide' | 'touch'>,
  clock: Clock,
): { readonly close: () => void } {
  let alive = aliveUntil ?? clock.now();
  const tick = async (): Promise<void> => {
    const since = alive;
    const now = clock.now();
    alive = now;
    if (now.getTime() - since.getTime() > sleepMs)
      await decide(({ phase }) =>
        phase === 'ended' ? null : { kind: 'away', at: now.toISOString(), since: since.toISOString() },
      );
    await touch(now);
  };
  // A full disk is told by what learners do.
  const quietly = (): void => void tick().catch(() => {});
  const timer = setInterval(quietly, everyMs).unref();
  quietly();
  return { close: () => clearInterval(timer) };
}
