/** What a way of sending answered; only `reason` of a deferral is looked at. */
type Answer = { readonly state: string; readonly reason?: string };

export interface BreakerOptions {
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
  /** From 0 to 1: spreads the tries of several processes. */
  readonly spread: () => number;
  /** The server answers again: whatever waits may go. */
  readonly onBack: () => void;
}

export interface Breaker {
  /** Asks the server through `send`, or answers in its place while it is away. */
  guard<T extends Answer>(send: () => Promise<T>): Promise<T | Away>;
  /** The server is known to be away. */
  readonly isOpen: boolean;
  /** Whether a try would be let through now, after the server was found to be away. */
  readonly wantsTry: boolean;
}

export interface Away {
  readonly state: 'deferred';
  readonly reason: 'server-away';
}

const away: Away = { state: 'deferred', reason: 'server-away' };
const patience = 3;
const firstPauseMs = 5_000;
const longestPauseMs = 60_000;

/**
 * A server that is away is asked once in a while instead of by everybody: after three absences in a row one try is
 * let through, then after 5, 10, 20 … 60 seconds (a fifth more or less) the next, until one is answered.
 *
 * An answer is any word of the server's, also a refusal; an absence is a connection that failed or was cut, a
 * silence, or a server that says that it closes (`smtp-421`).
 */
export function openBreaker({ elapsed, spread, onBack }: BreakerOptions): Breaker {
  let absences = 0;
  let pauses = 0;
  let nextTryAt = 0;
  let trying = false;
  const open = () => absences >= patience;

  function pause(): void {
    const ms = Math.min(firstPauseMs * 2 ** pauses, longestPauseMs);
    pauses += 1;
    nextTryAt = elapsed() + ms * (0.8 + spread() * 0.4);
  }

  /** Those that left together and find nobody are one absence for the pauses, whose first they begin. */
  function tell(answer: Answer, wasTry: boolean): void {
    if (isAbsence(answer)) {
      const wasOpen = open();
      absences += 1;
      if (wasTry || (open() && !wasOpen)) pause();
      return;
    }
    const back = absences > 0;
    absences = 0;
    pauses = 0;
    nextTryAt = 0;
    if (back) onBack();
  }

  return {
    get isOpen() {
      return open();
    },
    get wantsTry() {
      return absences > 0 && !trying && elapsed() >= nextTryAt;
    },
    async guard(send) {
      const isTry = open();
      if (isTry && (trying || elapsed() < nextTryAt)) return away;
      trying ||= isTry;
      try {
        const answer = await send();
        tell(answer, isTry);
        return answer;
      } finally {
        if (isTry) trying = false;
      }
    },
  };
}

/** A deferral that tells of the server, not of this message. */
function isAbsence({ state, reason = '' }: Answer): boolean {
  return (
    state === 'deferred' && (reason === 'smtp-421' || !/^((smtp|sms)-\d|envelope$|message$)/.test(reason))
  );
}
