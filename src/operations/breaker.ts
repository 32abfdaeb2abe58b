/** When a server counts as down, and how long it then gets no request. */
export interface BreakerRules {
  /** Opens at this many failures … */
  readonly failures: number;
  /** … within this time; null: in a row, however long that takes. */
  readonly withinMs: number | null;
  /** How long no request is sent, after this number of failed trials in a row (0: it has just opened). */
  readonly restMs: (failedTrials: number) => number;
}

export interface BreakerOptions {
  /** Milliseconds of a clock. */
  readonly elapsed: () => number;
  /** The server answers again after a failure. */
  readonly onRecovery?: () => void;
}

/** Stops sending requests to a server that fails, then tries one at a time until one succeeds. */
export interface Breaker {
  /** Open: the server is known to be down, until a request succeeds. */
  readonly isOpen: boolean;
  /** Open, and not even a trial is let through now. */
  readonly isResting: boolean;
  /** The server failed last, and a request would be let through now. */
  readonly wantsTrial: boolean;
  /** Runs a request, or answers null when none may be made now. Rejections and answers that `failed` are failures. */
  run<T>(request: () => Promise<T>, failed: (answer: T) => boolean): Promise<T | null>;
}

/**
 * A circuit breaker. Once open it rests, then lets one trial through at a time: success closes it, failure makes it
 * rest again. Requests that were under way when it opened do not prolong its rest when they fail.
 */
export function openBreaker(
  rules: BreakerRules,
  { elapsed, onRecovery = () => {} }: BreakerOptions,
): Breaker {
  const { withinMs } = rules;
  let failures: number[] = [];
  let open = false;
  let failedTrials = 0;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let trying = false;

  function rest(): void {
    restsUntil = elapsed() + rules.restMs(failedTrials);
  }

  function noteFailure(wasTrial: boolean): void {
    const now = elapsed();
    const recent = withinMs === null ? failures : failures.filter((failure) => failure > now - withinMs);
    // Older failures can no longer open it.
    failures = [...recent, now].slice(-rules.failures);
    if (wasTrial) {
      failedTrials += 1;
      rest();
    } else if (!open && failures.length >= rules.failures) {
      open = true;
      rest();
    }
  }

  function noteSuccess(): void {
    const recovered = failures.length > 0;
    // Failures within a time count whatever succeeds between them.
    if (open || withinMs === null) failures = [];
    open = false;
    failedTrials = 0;
    restsUntil = Number.NEGATIVE_INFINITY;
    if (recovered) onRecovery();
  }

  return {
    get isOpen() {
      return open;
    },
    get isResting() {
      return elapsed() < restsUntil;
    },
    get wantsTrial() {
      return failures.length > 0 && !trying && elapsed() >= restsUntil;
    },
    async run(request, failed) {
      const isTrial = open;
      if (isTrial && (trying || elapsed() < restsUntil)) return null;
      trying ||= isTrial;
      try {
        const answer = await request();
        if (failed(answer)) noteFailure(isTrial);
        else noteSuccess();
        return answer;
      } catch (error) {
        noteFailure(isTrial);
        throw error;
      } finally {
        if (isTrial) trying = false;
      }
    },
  };
}
