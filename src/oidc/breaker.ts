import type { Clock } from '#src/time/clock.ts';

/** Stops asking somebody who does not answer. */
export interface Breaker {
  /** False while it is open: nothing is asked. */
  closed(): boolean;
  /** Runs a request, or answers null when none may be made now. Rejections and `failed` answers count as failures. */
  run<T>(request: () => Promise<T>, failed: (answer: T) => boolean): Promise<T | null>;
}

const tolerated = 5;
const withinMs = 30_000;
const restMs = 30_000;

/**
 * Opens after 5 failures within 30 seconds, for 30 seconds; then one request at a time is let through until one
 * succeeds. Another failure opens it again.
 */
export function openBreaker(clock: Clock): Breaker {
  let failures: number[] = [];
  let openUntil = 0;
  let onTrial = false;
  let trying = false;

  function note(ok: boolean): void {
    const now = clock.now().getTime();
    if (ok) {
      if (onTrial) failures = [];
      onTrial = false;
      return;
    }
    failures = [...failures.filter((failure) => failure > now - withinMs), now];
    if (!onTrial && failures.length < tolerated) return;
    openUntil = now + restMs;
    onTrial = true;
  }

  return {
    closed: () => clock.now().getTime() >= openUntil,
    async run(request, failed) {
      if (clock.now().getTime() < openUntil) return null;
      const trial = onTrial;
      if (trial && trying) return null;
      if (trial) trying = true;
      try {
        const answer = await request();
        note(!failed(answer));
        return answer;
      } catch (error) {
        note(false);
        throw error;
      } finally {
        if (trial) trying = false;
      }
    },
  };
}
