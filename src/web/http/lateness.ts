/** How late the event loop is: a request that comes now would wait about that long for each of its steps. */
export interface Lateness {
  /** In milliseconds, the mean of the last measurements. Begins another one, unless one is under way. */
  ms(): number;
}

export interface LatenessClock {
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => void;
}

/** How long a measurement waits: what it waits longer is the lateness of the loop. */
const waitMs = 10;
/** The share of one measurement in the mean: a loop that stays late refuses after about five. */
const weight = 1 / 4;
/** What one measurement counts at most: one stop refuses nobody, not even that of a machine that slept. */
const mostMs = 600;
/** A mean is worth nothing once no request has renewed it for so long. */
const worthMs = 1_000;

const systemClock: LatenessClock = {
  now: () => performance.now(),
  after: (ms, run) => {
    setTimeout(run, ms).unref();
  },
};

/** Measures only while requests come: an idle process sets no timer for it. */
export function watchLateness({ now, after }: LatenessClock = systemClock): Lateness {
  let mean = 0;
  let measuredAt = 0;
  let isMeasuring = false;
  return {
    ms() {
      const begun = now();
      if (begun - measuredAt > worthMs) mean = 0;
      if (!isMeasuring) {
        isMeasuring = true;
        after(waitMs, () => {
          isMeasuring = false;
          measuredAt = now();
          const late = Math.min(Math.max(0, measuredAt - begun - waitMs), mostMs);
          mean += (late - mean) * weight;
        });
      }
      return mean;
    },
  };
}
