import type { Clock } from '#src/time/clock.ts';

/** How many requests one sender may send to one process in a minute: of a hundred deposits each. */
export const requestsPerMinute = 600;

const windowMs = 60_000;

/** Counts the requests of each sender; answers until when one is refused, or null. Senders are few: counted in memory. */
export function openSenderLimit(clock: Clock): (sender: string) => Date | null {
  let window = 0;
  let counts = new Map<string, number>();
  return (sender) => {
    const current = Math.floor(clock.now().getTime() / windowMs);
    if (current !== window) {
      window = current;
      counts = new Map();
    }
    const count = (counts.get(sender) ?? 0) + 1;
    counts.set(sender, count);
    return count > requestsPerMinute ? new Date((window + 1) * windowMs) : null;
  };
}
